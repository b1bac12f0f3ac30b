// Other clients through a real port: the AWS CLI and boto3. Each part skips, by name, where its client is missing.

import { execFile, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

const hasCli = spawnSync("aws", ["--version"]).status === 0;
const hasBoto = spawnSync("python3", ["-c", "import boto3"]).status === 0;
const run = promisify(execFile);

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

function environment(): Record<string, string | undefined> {
  return {
    ...process.env,
    AWS_ENDPOINT_URL: cloud.endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_PAGER: "",
    PYTHONUTF8: "1",
  };
}

async function aws(...args: string[]): Promise<string> {
  const { stdout } = await run("aws", args, { env: environment(), maxBuffer: 64 << 20 });
  return stdout.trim();
}

/** Path -> SHA-256 of each file below a folder. */
async function tree(root: string): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const digest = async (path: string): Promise<string> =>
    createHash("sha256")
      .update(await readFile(path))
      .digest("hex");
  return Object.fromEntries(
    await Promise.all(files.map(async (path) => [path.slice(root.length), await digest(path)])),
  );
}

describe.skipIf(!hasCli)("the AWS CLI (skipped without `aws`)", () => {
  test(
    "syncs folders up and down, in parts where files are large, and deletes what is gone",
    { timeout: 120_000 },
    async () => {
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
      expect(await tree(down)).toEqual(await tree(up));
      const head = JSON.parse(await aws("s3api", "head-object", "--bucket", "cli-here", "--key", "p/large.bin")) as {
        ETag: string;
      };
      expect(head.ETag).toMatch(/-3"$/);
      await rm(join(up, "gone.txt"));
      expect(await aws("s3", "sync", up, "s3://cli-here/p", "--delete", "--no-progress")).toBe(
        "delete: s3://cli-here/p/gone.txt",
      );
      expect(await aws("s3", "sync", up, "s3://cli-here/p")).toBe("");
    },
  );

  test("copies, moves, presigns, and removes a bucket with all in it", { timeout: 120_000 }, async () => {
    await aws("s3", "cp", "s3://cli-here/p/large.bin", "s3://cli-here/copy", "--quiet");
    await aws("s3", "mv", "s3://cli-here/copy", "s3://cli-here/moved", "--quiet");
    const answer = await fetch(await aws("s3", "presign", "s3://cli-here/moved"));
    const digest = createHash("sha256").update(Buffer.from(await answer.arrayBuffer()));
    expect((await tree(join(folder, "up")))["/large.bin"]).toBe(digest.digest("hex"));
    await expect(aws("s3", "rb", "s3://cli-here")).rejects.toMatchObject({
      stderr: expect.stringContaining("(BucketNotEmpty)"),
    });
    await aws("s3", "rb", "s3://cli-here", "--force");
    expect(await aws("s3", "ls")).not.toContain("cli-here");
  });
});

const SCRIPT = `
import boto3, io, json, sys, http.client, urllib.parse
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError
s3 = boto3.client("s3", config=Config(s3={"addressing_style": "path"}))
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
bucket = boto3.resource("s3").Bucket(B)
bucket.object_versions.delete()
bucket.delete()
out["left"] = [b["Name"] for b in s3.list_buckets()["Buckets"] if b["Name"] == B]
print(json.dumps(out))
`;

describe.skipIf(!hasBoto)("boto3 (skipped without python3 and boto3)", () => {
  test(
    "uploads in parts, checks checksums, pages, reads errors, posts forms, empties a bucket",
    { timeout: 60_000 },
    async () => {
      const { stdout } = await run("python3", ["-c", SCRIPT], { env: environment() });
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
    },
  );
});
