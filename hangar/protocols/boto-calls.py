# Calls operations with random values through boto3, and prints what was given and what came back, a JSON line each.
import base64, datetime, json, random, sys
import boto3
from botocore.config import Config

port, every, services = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3].split(",")
rng = random.Random(7)


def tagged(value):
    if isinstance(value, (bytes, bytearray)):
        return {"$bytes": base64.b64encode(value).decode()}
    if isinstance(value, datetime.datetime):
        return {"$time": round(value.timestamp() * 1000)}
    if isinstance(value, dict):
        return {key: tagged(held) for key, held in value.items()}
    if isinstance(value, (list, tuple)):
        return [tagged(item) for item in value]
    if hasattr(value, "read"):
        return tagged(value.read())
    return value


def text(shape, in_head):
    if shape.enum:
        return rng.choice(shape.enum)
    letters = "abcXYZ019-_" if in_head else "abcXYZ 019-_./&<>\"'+%?=#:;,*~é漢{}[]"
    least = max(int(shape.metadata.get("min", 1)), 1)
    return "x" + "".join(rng.choice(letters) for _ in range(min(least, 60) + rng.randrange(6))) + "x"


def value_of(shape, depth, in_head=False):
    kind = shape.type_name
    if kind == "structure":
        if getattr(shape, "is_document_type", False):
            return {"a": [1, "b", None]}
        names = list(shape.members)
        if getattr(shape, "is_tagged_union", False):
            names = [rng.choice(names)]
            return {name: value_of(shape.members[name], depth + 1) for name in names}
        given = {}
        for name, member in shape.members.items():
            asked = name in shape.required_members or member.metadata.get("idempotencyToken")
            if not asked and (depth > 3 or rng.random() < 0.6):
                continue
            location = member.serialization.get("location")
            given[name] = value_of(member, depth + 1, location in ("header", "uri", "headers", "querystring"))
        return given
    if kind == "list":
        return [value_of(shape.member, depth + 1, in_head) for _ in range(max(int(shape.metadata.get("min", 0)), 1 + rng.randrange(2)))]
    if kind == "map":
        return {text(shape.key, True).lower(): value_of(shape.value, depth + 1, in_head)}
    if kind == "blob":
        return bytes(rng.randrange(256) for _ in range(1 + rng.randrange(9)))
    if kind == "timestamp":
        return datetime.datetime.fromtimestamp(rng.randrange(2_000_000_000), datetime.timezone.utc)
    if kind == "boolean":
        return rng.random() < 0.5
    if kind in ("integer", "long"):
        return max(int(shape.metadata.get("min", 0)), 0) + rng.randrange(1000)
    if kind in ("float", "double"):
        return rng.randrange(1, 10_000) / 64
    return text(shape, in_head)


def tame(name, operation, given):
    if name == "s3":
        given.pop("SSECustomerKey", None), given.pop("CopySourceSSECustomerKey", None), given.pop("ChecksumMode", None)
        given.pop("SSECustomerKeyMD5", None), given.pop("CopySourceSSECustomerKeyMD5", None)
        given.pop("ContentMD5", None), given.pop("ContentLength", None)
        for key in list(given):
            if key.startswith("Checksum"):
                del given[key]
        if "Bucket" in given:
            given["Bucket"] = "a-bucket"
        if "CopySource" in given:
            given["CopySource"] = "a-bucket/b"
    if name in ("route53", "cloudfront"):
        # Texts that must be numbers.
        given.pop("MaxItems", None)
    if name == "events":
        given.pop("EndpointId", None)
    return given


# Kept in botocore for scripts of 2014; their URIs are those of the operations that replaced them.
old = {"GetBucketLifecycle", "PutBucketLifecycle", "GetBucketNotification", "PutBucketNotification"}
# boto3 decodes every Key of these itself and stumbles over an entry without one.
decoded = {"ListObjects", "ListObjectsV2", "ListObjectVersions"}


def names_in(shape, found):
    """Every member boto3's models know below a shape: they may be older than ours."""
    if shape is None or (shape.name, "seen") in found:
        return found
    found.add((shape.name, "seen"))
    for name, member in getattr(shape, "members", {}).items() if shape.type_name == "structure" else ():
        found.add((f"{shape.name}.{name}", "name"))
        names_in(member, found)
    if shape.type_name == "list":
        names_in(shape.member, found)
    if shape.type_name == "map":
        names_in(shape.value, found)
    return found


options = {"retries": {"max_attempts": 0}, "s3": {"addressing_style": "path"}, "inject_host_prefix": False}
checksums = {each: "when_required" for each in ("request_checksum_calculation", "response_checksum_validation")}
try:
    config = Config(**options, **checksums)
except TypeError:
    # Debian's is from before 2025, and computes no checksums that are not required.
    config = Config(**options)
session = boto3.Session("AKIDEXAMPLE", "secret", region_name="us-east-1")
for line in services:
    ours, name = line.split("=")
    client = session.client(name, endpoint_url=f"http://127.0.0.1:{port}", config=config)
    methods = client.meta.method_to_api_mapping
    for index, (method, operation) in enumerate(sorted(methods.items())):
        if index % every:
            continue
        model = client.meta.service_model.operation_model(operation)
        if operation in old | decoded or model.has_event_stream_output or model.has_event_stream_input:
            continue
        given = tame(name, operation, value_of(model.input_shape, 0) if model.input_shape else {})
        answer = {"service": ours, "operation": operation, "given": tagged(given)}
        answer["known"] = sorted(name for name, kind in names_in(model.output_shape, set()) if kind == "name")
        test = f"{ours}:{operation}"
        client.meta.events.register_first(f"before-send.*.{operation}", lambda request, test=test, **_: request.headers.__setitem__("x-test-operation", test))
        try:
            got = getattr(client, method)(**given)
            got.pop("ResponseMetadata", None)
            answer["got"] = tagged(got)
        except Exception as error:
            answer["error"] = f"{type(error).__name__}: {error}"
        print(json.dumps(answer), flush=True)
