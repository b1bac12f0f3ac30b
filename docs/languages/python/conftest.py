"""A world of its own for every test, with pytest and boto3: npx hangar exec -- pytest"""

import json
import os
import urllib.error
import urllib.request

import boto3
import pytest


class Cloud:
    """One world, at its own endpoint."""

    def __init__(self, endpoint):
        self.endpoint = endpoint

    def client(self, service):
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        return boto3.client(service, endpoint_url=self.endpoint, region_name="us-east-1", **keys)

    def call(self, method, path, **body):
        data = json.dumps(body).encode() if method == "POST" else None
        request = urllib.request.Request(f"{self.endpoint}/_hangar/{path}", data, method=method)
        try:
            with urllib.request.urlopen(request) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)["message"]) from None

    def outputs(self):
        return self.call("GET", "stacks")["outputs"]

    def settle(self, within="1 minute"):
        self.call("POST", "settle", within=within)

    def advance(self, by):
        self.call("POST", "clock", advance=by)

    def fail_next(self, action, error, **options):
        self.call("POST", "faults", action=action, error=error, **options)

    def trace(self):
        return self.call("GET", "trace/text")["text"]


# docs: python-fixture
@pytest.fixture
def cloud(request):
    deployed = Cloud(os.environ.get("AWS_ENDPOINT_URL", "http://127.0.0.1:4566"))
    fork = deployed.call("POST", "forks", title=request.node.nodeid)
    yield Cloud(fork["endpoint"])
    deployed.call("DELETE", f"forks/{fork['name']}")
