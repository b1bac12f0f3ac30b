# The Python runtime of an execution environment: loads one handler and serves it over the Runtime API.
import decimal
import http.client
import importlib
import json
import logging
import os
import sys
import threading
import traceback

import logs
from old_botocore import lead_old_botocore
from paths import map_paths
from world_clock import follow_world, host_time, shift_clock

# A handler may have modules of these names.
del sys.modules["logs"], sys.modules["paths"], sys.modules["world_clock"]

API = os.environ["AWS_LAMBDA_RUNTIME_API"]
HOST, _, PREFIX = API.partition("/")
BASE = ("/" + PREFIX if PREFIX else "") + "/2018-06-01/runtime"
ENDPOINT = os.environ.pop("HANGAR_ENDPOINT")
SOURCE = os.path.abspath(__file__)
connection = http.client.HTTPConnection(HOST)


def watch_parent():
    """The end of stdin is the end of the parent."""
    while os.read(0, 4096):
        pass
    os._exit(1)


class ClientContext:
    def __init__(self, facts):
        self.custom = facts.get("custom")
        self.env = facts.get("env")
        self.client = type("Client", (), facts["client"])() if facts.get("client") else None


class CognitoIdentity:
    def __init__(self, facts):
        self.cognito_identity_id = facts.get("cognitoIdentityId")
        self.cognito_identity_pool_id = facts.get("cognitoIdentityPoolId")


class LambdaContext:
    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        client = headers.get("Lambda-Runtime-Client-Context")
        self.client_context = ClientContext(json.loads(client)) if client else None
        self.identity = CognitoIdentity(json.loads(headers.get("Lambda-Runtime-Cognito-Identity") or "{}"))
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(host_time() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))


class RuntimeFault(Exception):
    """An error the runtime itself raises, under AWS's name for it."""

    def __init__(self, kind, message, trace=()):
        super().__init__(message)
        self.kind = kind
        self.trace = list(trace)


def keep_inside():
    """Names of ours lead to the endpoint, and nothing reaches the real amazonaws.com."""
    import socket
    from urllib.parse import urlsplit

    ours = urlsplit(ENDPOINT).hostname
    address = "127.0.0.1" if ours == "localhost" or ours.endswith(".localhost") else ours
    original = socket.getaddrinfo

    def getaddrinfo(host, *rest, **named):
        name = host.decode() if isinstance(host, bytes) else host
        if isinstance(name, str):
            if name.endswith((".amazonaws.com", ".amazonaws.com.cn", ".api.aws", ".on.aws")):
                raise OSError("Hangar refuses the connection to %s: the real AWS is never called." % name)
            if name != ours and name.endswith((".localhost", "." + ours, "-" + ours)):
                name = address
        return original(name, *rest, **named)

    socket.getaddrinfo = getaddrinfo


def say_who_asks():
    """On plain HTTP requests to the cloud: its functions' URLs and APIs are the same in every fork."""
    from urllib.parse import urlsplit

    cloud = urlsplit(ENDPOINT)
    key = os.environ["AWS_ACCESS_KEY_ID"]
    original = http.client.HTTPConnection.endheaders

    def endheaders(self, *rest, **named):
        port = self._tunnel_port if self._tunnel_host else self.port
        host = (self._tunnel_host or self.host).lower()
        if port == (cloud.port or 80) and (host in (cloud.hostname, "127.0.0.1", "localhost") or host.endswith(".localhost")):
            self.putheader("x-hangar-sender", "%s %s" % (key, os.environ.get("_X_AMZN_TRACE_ID", "")))
        return original(self, *rest, **named)

    http.client.HTTPConnection.endheaders = endheaders


def load_handler(name):
    try:
        module_name, function_name = name.rsplit(".", 1)
    except ValueError as error:
        raise RuntimeFault("Runtime.MalformedHandlerName", "Bad handler '%s': %s" % (name, error)) from None
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise RuntimeFault("Runtime.BuiltInModuleConflict", "Cannot use built-in module %s as a handler module" % module_name)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        hint = ""
        if error.name is not None and error.name.split(".")[0] in ("boto3", "botocore", "s3transfer"):
            hint = "\n(Lambda's runtime brings boto3; here it comes from this machine's Python: %s -m pip install boto3)" % sys.executable
        raise RuntimeFault("Runtime.ImportModuleError", "Unable to import module '%s': %s%s" % (module_name, error, hint)) from None
    except SyntaxError as error:
        trace = '  File "%s" Line %s\n    %s' % (error.filename, error.lineno, error.text)
        raise RuntimeFault("Runtime.UserCodeSyntaxError", "Syntax error in module '%s': %s" % (module_name, error), [trace]) from None
    if not hasattr(module, function_name):
        raise RuntimeFault("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (function_name, module_name))
    return getattr(module, function_name)


def error_body(error):
    if isinstance(error, RuntimeFault):
        return {"errorMessage": str(error), "errorType": error.kind, "requestId": logs.request_id, "stackTrace": error.trace}
    frames = [tuple(frame) for frame in traceback.extract_tb(error.__traceback__) if frame.filename != SOURCE]
    return {"errorMessage": str(error), "errorType": type(error).__name__, "requestId": logs.request_id, "stackTrace": traceback.format_list(frames)}


def post(path, text, headers=None):
    connection.request("POST", BASE + path, text.encode(), {"Content-Type": "application/json", **(headers or {})})
    connection.getresponse().read()


def encode(value):
    def other(thing):
        if isinstance(thing, decimal.Decimal):
            return int(thing) if thing == thing.to_integral_value() else float(thing)
        raise TypeError("Object of type %s is not JSON serializable" % type(thing).__name__)

    return json.dumps(value, default=other, ensure_ascii=False)


def run_one(handler):
    connection.request("GET", BASE + "/invocation/next")
    response = connection.getresponse()
    body = response.read()
    current_id = logs.request_id = response.headers["Lambda-Runtime-Aws-Request-Id"]
    os.environ["_X_AMZN_TRACE_ID"] = response.headers.get("Lambda-Runtime-Trace-Id", "")
    offset = response.headers.get("Hangar-Clock-Offset-Ms")
    if offset is not None:
        shift_clock(int(offset))
    path = "/invocation/%s" % current_id
    try:
        result = handler(json.loads(body), LambdaContext(response.headers))
        try:
            text = encode(result)
        except Exception as error:
            raise RuntimeFault("Runtime.MarshalError", "Unable to marshal response: %s" % error) from None
    except Exception as error:
        failure = error_body(error)
        logs.report(failure)
        post(path + "/error", json.dumps(failure), {"Lambda-Runtime-Function-Error-Type": failure["errorType"]})
        return
    sys.stdout.flush()
    sys.stderr.flush()
    post(path + "/response", text)


def main():
    threading.Thread(target=watch_parent, daemon=True).start()
    sys.stdout = sys.stderr = logs.LogStream()
    # The bootstrap's own folder is no place for modules of the function.
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]
    extra = os.environ.pop("HANGAR_PACKAGES", "")
    if extra:
        sys.path.append(extra)
    layers = os.environ.pop("HANGAR_LAYERS", None)
    if os.environ["LAMBDA_TASK_ROOT"] != "/var/task":
        map_paths(os.environ["LAMBDA_TASK_ROOT"], layers)
    say_who_asks()
    keep_inside()
    lead_old_botocore()
    offset = os.environ.pop("HANGAR_CLOCK_OFFSET_MS", None)
    if offset is not None:
        follow_world(int(offset))
    logs.set_up_logging()
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except Exception as error:
        failure = error_body(error)
        logging.warning(logs.INIT_WARNING)
        logs.report(failure)
        post("/init/error", json.dumps(failure), {"Lambda-Runtime-Function-Error-Type": failure["errorType"]})
        sys.exit(1)
    while True:
        run_one(handler)


main()
