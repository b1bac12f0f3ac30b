# Leads clients of an old botocore (Debian 12's is one) to the endpoint: before 1.31 it read no AWS_ENDPOINT_URL.
import importlib.util
import os
import sys

FIRST_THAT_READS_IT = (1, 31)


class SessionFinder:
    """Looks at botocore.session when the handler first imports it, and never again."""

    def find_spec(self, name, path=None, target=None):
        if name != "botocore.session":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is None or spec.loader is None:
            return spec
        load = spec.loader.exec_module

        def exec_module(module):
            load(module)
            lead(module.Session, sys.modules["botocore"].__version__)

        spec.loader.exec_module = exec_module
        return spec


def lead(session, version):
    if tuple(int(part) for part in version.split(".")[:2]) >= FIRST_THAT_READS_IT:
        return
    original = session.create_client

    def create_client(self, service_name, region_name=None, api_version=None, use_ssl=True, verify=None, endpoint_url=None, *rest, **named):
        endpoint = endpoint_url or os.environ.get("AWS_ENDPOINT_URL")
        return original(self, service_name, region_name, api_version, use_ssl, verify, endpoint, *rest, **named)

    session.create_client = create_client


def lead_old_botocore():
    sys.meta_path.insert(0, SessionFinder())
