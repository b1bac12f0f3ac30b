// Other clients through a real port: the AWS CLI and boto3.

import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeProgram, environmentFor, filesBelow, output } from "../../gateway/test-programs.ts";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let folder: string;

beforeAll(async () => {
  cloud = await startCloud();
  folder = await mkdtemp(join(tmpdir(), "hangar-clients-"));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
  await rm(folder, { recursive: true, force: true });
});

/** Debian's does not read AWS_ENDPOINT_URL. */
const aws = (...args: string[]): Promise<string> =>
  output("aws", ["--endpoint-url", cloud.endpoint, ...args], environmentFor(cloud));
/** Debian's, where another comes first that has no boto3. */
const python = spawnSync("python3", ["-c", "import boto3"]).status === 0 ? "python3" : "/usr/bin/python3";
const cli = { command: "aws", probe: ["--version"], install: "apt-get install awscli" };
const boto = { command: python, probe: ["-c", "import boto3"], install: "apt-get install python3-boto3" };

describeProgram("the AWS CLI", cli, () => {
  test("syncs folders up and down, in parts where files are large, and deletes what is gone", async () => {
    const [up, down] = [join(folder, "up"), join(folder, "down")];
    await mkdir(join(up, "sub"), { recursive: true });
    const large = randomBytes(20_000_000);
    await writeFile(join(up, "large.bin"), large);
    await writeFile(join(up, "empty"), "");
    await writeFile(join(up, "gone.txt"), "gone");
    await writeFile(join(up, "sub", "ü b+c.txt"), "umlaut");
    await aws("s3", "mb", "s3://cli-here");
    await aws("s3", "sync", up, "s3://cli-here/p", "--quiet");
    await aws("s3", "sync", "s3://cli-here/p", down, "--quiet");
    expect(await filesBelow(down)).toEqual(await filesBelow(up));
    const head = JSON.parse(await aws("s3api", "head-object", "--bucket", "cli-here", "--key", "p/large.bin")) as {
      ETag: string;
    };
    expect(head.ETag).toMatch(/-3"$/);
    await rm(join(up, "gone.txt"));
    expect(await aws("s3", "sync", up, "s3://cli-here/p", "--delete", "--no-progress")).toBe(
      "delete: s3://cli-here/p/gone.txt",
    );
    expect(await aws("s3", "sync", up, "s3://cli-here/p")).toBe("");
  });

  test("copies, moves, presigns, and removes a bucket with all in it", async () => {
    await aws("s3", "cp", "s3://cli-here/p/large.bin", "s3://cli-here/copy", "--quiet");
    await aws("s3", "mv", "s3://cli-here/copy", "s3://cli-here/moved", "--quiet");
    const answer = await fetch(await aws("s3", "presign", "s3://cli-here/moved"));
    const digest = createHash("sha256").update(Buffer.from(await answer.arrayBuffer()));
    expect((await filesBelow(join(folder, "up")))["/large.bin"]).toBe(digest.digest("hex"));
    await expect(aws("s3", "rb", "s3://cli-here")).rejects.toMatchObject({
      stderr: expect.stringContaining("(BucketNotEmpty)"),
    });
    await aws("s3", "rb", "s3://cli-here", "--force");
    expect(await aws("s3", "ls")).not.toContain("cli-here");
  });
});

const SCRIPT = `
import boto3, io, json, os, sys, http.client, urllib.parse
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError
endpoint = os.environ["AWS_ENDPOINT_URL"]
s3 = boto3.client("s3", endpoint_url=endpoint, config=Config(s3={"addressing_style": "path"}))
B = "boto-here"
out = {}
s3.create_bucket(Bucket=B)
data = bytes(range(256)) * 60000
s3.upload_fileobj(io.BytesIO(data), B, "large", Config=TransferConfig(multipart_threshold=5 << 20, multipart_chunksize=5 << 20))
got = io.BytesIO()
s3.download_fileobj(B, "large", got, Config=TransferConfig(multipart_threshold=5 << 20, multipart_chunksize=5 << 20))
out["same"] = got.getvalue() == data
for algorithm in ["CRC32", "SHA1", "SHA256"]:
    s3.put_object(Bucket=B, Key="sum", Body=io.BytesIO(b"abc"), ChecksumAlgorithm=algorithm)
    read = s3.get_object(Bucket=B, Key="sum", ChecksumMode="ENABLED")
    out[algorithm] = [read["Body"].read().decode(), "Checksum" + algorithm in read]
s3.put_bucket_versioning(Bucket=B, VersioningConfiguration={"Status": "Enabled"})
for number in range(3):
    s3.put_object(Bucket=B, Key="k%d \\u00fc" % (number % 2), Body=str(number), Metadata={"n": str(number)}, Tagging="a=b")
s3.delete_object(Bucket=B, Key="k0 \\u00fc")
pages = s3.get_paginator("list_object_versions").paginate(Bucket=B, Prefix="k", PaginationConfig={"PageSize": 1})
out["versions"] = [[(v["Key"], v["IsLatest"]) for v in p.get("Versions", [])] + [m["Key"] for m in p.get("DeleteMarkers", [])] for p in pages]
out["keys"] = [o["Key"] for p in s3.get_paginator("list_objects_v2").paginate(Bucket=B, PaginationConfig={"PageSize": 2}) for o in p.get("Contents", [])]
out["head"] = s3.head_object(Bucket=B, Key="k1 \\u00fc")["Metadata"]
try:
    s3.get_object(Bucket=B, Key="missing")
except s3.exceptions.NoSuchKey as error:
    out["missing"] = error.response["Error"]["Key"]
try:
    s3.head_object(Bucket=B, Key="missing")
except ClientError as error:
    out["head of missing"] = error.response["Error"]["Code"]
post = s3.generate_presigned_post(B, "form/\${filename}", Fields={"Content-Type": "text/plain"}, Conditions=[{"Content-Type": "text/plain"}, ["content-length-range", 1, 10]])
mark = "----mark"
def form(body):
    parts = ["--%s\\r\\nContent-Disposition: form-data; name=\\"%s\\"\\r\\n\\r\\n%s\\r\\n" % (mark, k, v) for k, v in post["fields"].items()]
    parts.append("--%s\\r\\nContent-Disposition: form-data; name=\\"file\\"; filename=\\"f.txt\\"\\r\\n\\r\\n%s\\r\\n--%s--\\r\\n" % (mark, body, mark))
    url = urllib.parse.urlparse(post["url"])
    connection = http.client.HTTPConnection(url.netloc)
    connection.request("POST", url.path, "".join(parts).encode(), {"Content-Type": "multipart/form-data; boundary=" + mark})
    return connection.getresponse().status
out["form"] = [form("hello"), form("far too long a body")]
out["posted"] = s3.get_object(Bucket=B, Key="form/f.txt")["Body"].read().decode()
bucket = boto3.resource("s3", endpoint_url=endpoint).Bucket(B)
bucket.object_versions.delete()
bucket.delete()
out["left"] = [b["Name"] for b in s3.list_buckets()["Buckets"] if b["Name"] == B]
print(json.dumps(out))
`;

describeProgram("boto3", boto, () => {
  test("uploads in parts, checks checksums, pages, reads errors, posts forms, empties a bucket", async () => {
    const stdout = await output(python, ["-c", SCRIPT], environmentFor(cloud));
    const { versions, ...rest } = JSON.parse(stdout) as { versions: unknown[][] };
    expect(versions.map((page) => page.length)).toEqual([1, 1, 1, 1]);
    expect(versions.flat()).toEqual(["k0 ü", ["k0 ü", false], ["k0 ü", false], ["k1 ü", true]]);
    expect(rest).toEqual({
      same: true,
      CRC32: ["abc", true],
      SHA1: ["abc", true],
      SHA256: ["abc", true],
      keys: ["k1 ü", "large", "sum"],
      head: { n: "1" },
      missing: "missing",
      "head of missing": "404",
      form: [204, 400],
      posted: "hello",
      left: [],
    });
  });
});
