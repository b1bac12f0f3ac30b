// Other clients' transfers through a real port: the AWS CLI's folders, thresholds and websites, boto3's threads.

import { spawnSync } from "node:child_process";
import { hash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeProgram, environmentFor, filesBelow, output } from "../../gateway/test-programs.ts";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let folder: string;

beforeAll(async () => {
  cloud = await startCloud();
  folder = await mkdtemp(join(tmpdir(), "hangar-transfers-"));
  await writeFile(
    join(folder, "config"),
    "[default]\ns3 =\n  multipart_threshold = 6MB\n  multipart_chunksize = 6MB\n",
  );
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
  await rm(folder, { recursive: true, force: true });
});

/** Debian's does not read AWS_ENDPOINT_URL. */
const aws = (...args: string[]): Promise<string> =>
  output("aws", ["--endpoint-url", cloud.endpoint, ...args], {
    ...environmentFor(cloud),
    AWS_CONFIG_FILE: join(folder, "config"),
  });
/** Debian's, where another comes first that has no boto3. */
const python = spawnSync("python3", ["-c", "import boto3"]).status === 0 ? "python3" : "/usr/bin/python3";
const cli = { command: "aws", probe: ["--version"], install: "apt-get install awscli" };
const curl = { command: "curl", probe: ["--version"], install: "apt-get install curl" };
const boto = { command: python, probe: ["-c", "import boto3"], install: "apt-get install python3-boto3" };

async function filesAt(name: string, files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  for (const [path, contents] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name, path)), { recursive: true });
    await writeFile(join(folder, name, path), contents);
  }
  return join(folder, name);
}

async function keysOf(bucket: string): Promise<string[]> {
  const listed = await aws("s3api", "list-objects-v2", "--bucket", bucket, "--query", "Contents[].Key");
  return JSON.parse(listed) as string[];
}

describeProgram("the AWS CLI", cli, () => {
  test("sends in parts from the configured threshold on", async () => {
    const sizes = { below: 6 * 1024 * 1024 - 1, above: 13 * 1024 * 1024 };
    await aws("s3", "mb", "s3://cli-parts");
    const tags: Record<string, string> = {};
    for (const [name, size] of Object.entries(sizes)) {
      const root = await filesAt("parts", { [name]: randomBytes(size) });
      await aws("s3", "cp", join(root, name), `s3://cli-parts/${name}`, "--quiet");
      const asked = ["head-object", "--bucket", "cli-parts", "--key", name, "--query", "ETag"];
      tags[name] = JSON.parse(await aws("s3api", ...asked)) as string;
    }
    expect(tags).toEqual({
      below: expect.stringMatching(/^"[0-9a-f]{32}"$/) as string,
      above: expect.stringMatching(/^"[0-9a-f]{32}-3"$/) as string,
    });
  });

  test("copies folders up, across and down with filters, and moves them", async () => {
    const up = await filesAt("tree", { "a.txt": "a", "b.log": "b", "deep/c d.txt": "c", "deep/e.log": "e" });
    for (const bucket of ["cli-one", "cli-two"]) await aws("s3", "mb", `s3://${bucket}`);
    await aws("s3", "cp", up, "s3://cli-one/t/", "--recursive", "--exclude", "*.log", "--include", "deep/*", "--quiet");
    expect(await keysOf("cli-one")).toEqual(["t/a.txt", "t/deep/c d.txt", "t/deep/e.log"]);
    await aws("s3", "cp", "s3://cli-one/t", "s3://cli-two/u", "--recursive", "--quiet");
    await aws("s3", "mv", "s3://cli-two/u/deep", "s3://cli-two/moved", "--recursive", "--quiet");
    expect(await keysOf("cli-two")).toEqual(["moved/c d.txt", "moved/e.log", "u/a.txt"]);
    const down = join(folder, "moved-down");
    await aws("s3", "mv", "s3://cli-two/moved", down, "--recursive", "--quiet");
    expect(await filesBelow(down)).toEqual({ "/c d.txt": hash("sha256", "c"), "/e.log": hash("sha256", "e") });
    await aws("s3", "mv", join(up, "b.log"), "s3://cli-two/b.log", "--quiet");
    expect(existsSync(join(up, "b.log"))).toBe(false);
    expect(await keysOf("cli-two")).toEqual(["b.log", "u/a.txt"]);
    expect(await aws("s3", "rm", "s3://cli-one/t", "--recursive", "--quiet")).toBe("");
    expect(await aws("s3", "ls", "s3://cli-one", "--recursive", "--summarize")).toMatch(/Total Objects: 0/);
  });

  test("syncs down, deletes what the bucket has not, and asks only for what changed", async () => {
    await aws("s3", "mb", "s3://cli-down");
    const up = await filesAt("source", { same: "same", changed: "old" });
    await aws("s3", "sync", up, "s3://cli-down", "--quiet");
    const down = await filesAt("target", { surplus: "surplus" });
    await aws("s3", "sync", "s3://cli-down", down, "--delete", "--quiet");
    expect(await filesBelow(down)).toEqual(await filesBelow(up));
    await filesAt("newer", { changed: "changed" });
    await aws("s3", "cp", join(folder, "newer", "changed"), "s3://cli-down/changed", "--quiet");
    expect(await aws("s3", "sync", "s3://cli-down", down, "--delete", "--no-progress")).toMatch(
      /^download: s3:\/\/cli-down\/changed to \S*changed$/,
    );
  });
});

describeProgram("the AWS CLI", cli, () =>
  describeProgram("and curl", curl, () => {
    const got = (...args: string[]): Promise<string> => output("curl", ["--silent", ...args], environmentFor(cloud));

    test("presigned addresses give all of an object or a range of it, and no more once they ended", async () => {
      await aws("s3", "mb", "s3://cli-signed");
      const root = await filesAt("signed", { text: "0123456789" });
      await aws("s3", "cp", join(root, "text"), "s3://cli-signed/a b", "--quiet");
      const url = await aws("s3", "presign", "s3://cli-signed/a b", "--expires-in", "60");
      expect(await got("--fail", url)).toBe("0123456789");
      expect(await got("--fail", "--range", "2-4", url)).toBe("234");
      await cloud.clock.advance("2 minutes");
      expect(await got(url)).toContain("<Message>Request has expired</Message>");
    });

    test("a bucket becomes a website", async () => {
      await aws("s3", "mb", "s3://cli-site");
      const root = await filesAt("site", { "index.html": "home", "sorry.html": "sorry" });
      await aws("s3", "website", "s3://cli-site", "--index-document", "index.html", "--error-document", "sorry.html");
      await aws("s3api", "delete-public-access-block", "--bucket", "cli-site");
      // Who may not list is not told that a key is missing.
      const Resource = ["arn:aws:s3:::cli-site", "arn:aws:s3:::cli-site/*"];
      const Statement = [{ Effect: "Allow", Principal: "*", Action: ["s3:GetObject", "s3:ListBucket"], Resource }];
      const policy = JSON.stringify({ Version: "2012-10-17", Statement });
      await aws("s3api", "put-bucket-policy", "--bucket", "cli-site", "--policy", policy);
      await aws("s3", "sync", root, "s3://cli-site", "--quiet");
      const at = (path: string): Promise<string> =>
        got("--write-out", " %{http_code} %{content_type}", `${cloud.endpoint}/_aws/s3-website/cli-site${path}`);
      expect(await at("/")).toBe("home 200 text/html");
      expect(await at("/missing")).toBe("sorry 404 text/html");
    });
  }),
);

const SCRIPT = `
import boto3, json, os, sys, threading
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
s3 = boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"], config=Config(s3={"addressing_style": "path"}, max_pool_connections=32))
B, folder = "boto-threads", sys.argv[1]
MB = 1 << 20
config = TransferConfig(multipart_threshold=5 * MB, multipart_chunksize=5 * MB, max_concurrency=16, use_threads=True)
s3.create_bucket(Bucket=B)
source = os.path.join(folder, "boto-source")
with open(source, "wb") as file:
    file.write(os.urandom(32 * MB + 1))
seen, lock = [0], threading.Lock()
def progress(count):
    with lock:
        seen[0] += count
s3.upload_file(source, B, "one", Config=config, Callback=progress, ExtraArgs={"Metadata": {"n": "1"}, "ContentType": "text/x"})
s3.copy({"Bucket": B, "Key": "one"}, B, "two", Config=config)
def down(number):
    s3.download_file(B, ["one", "two"][number % 2], "%s-%d" % (source, number), Config=config)
threads = [threading.Thread(target=down, args=(number,)) for number in range(4)]
[each.start() for each in threads]
[each.join() for each in threads]
data = open(source, "rb").read()
head = s3.head_object(Bucket=B, Key="two")
print(json.dumps({
    "sent": seen[0],
    "same": [open("%s-%d" % (source, number), "rb").read() == data for number in range(4)],
    "tags": [s3.head_object(Bucket=B, Key=key)["ETag"][-3:-1] for key in ["one", "two"]],
    "copied": [head["ContentLength"], head["ContentType"], head["Metadata"]],
    "uploads": len(s3.list_multipart_uploads(Bucket=B).get("Uploads", [])),
}))
`;

describeProgram("boto3", boto, () => {
  test("sends, copies and fetches an object in parts by many threads at once", async () => {
    const size = 32 * 1024 * 1024 + 1;
    expect(JSON.parse(await output(python, ["-c", SCRIPT, folder], environmentFor(cloud)))).toEqual({
      sent: size,
      same: [true, true, true, true],
      tags: ["-7", "-7"],
      // In parts boto3 copies bytes alone.
      copied: [size, "binary/octet-stream", {}],
      uploads: 0,
    });
  });
});
