// s3cmd, as Debian has it, through a real port.

import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DeletePublicAccessBlockCommand,
  HeadObjectCommand,
  PutBucketOwnershipControlsCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeProgram, environmentFor, filesBelow, output } from "../../gateway/test-programs.ts";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;
let folder: string;
const Bucket = "s3cmd-here";

beforeAll(async () => {
  cloud = await startCloud();
  s3 = new S3Client(cloud.clientConfig());
  folder = await mkdtemp(join(tmpdir(), "hangar-s3cmd-"));
  await mkdir(join(folder, "up", "sub"), { recursive: true });
  await writeFile(join(folder, "up", "a.txt"), "hello");
  await writeFile(join(folder, "up", "sub", "ü b+c%.txt"), "umlaut");
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
  await rm(folder, { recursive: true, force: true });
});

/** Nothing is said of a region: s3cmd signs for "US" until it is told better. */
function s3cmd(...args: string[]): Promise<string> {
  const host = `127.0.0.1:${cloud.port}`;
  const settings = ["--config=/dev/null", "--access_key=test", "--secret_key=test", "--no-ssl", "--no-progress"];
  return output("s3cmd", [...settings, `--host=${host}`, `--host-bucket=${host}`, ...args], environmentFor(cloud));
}

const at = (key: string): string => `s3://${Bucket}/${key}`;
const program = { command: "s3cmd", probe: ["--version"], install: "apt-get install s3cmd" };

describeProgram("s3cmd", program, () => {
  test("makes a bucket though it does not know its region, puts, lists and gets", async () => {
    expect(await s3cmd("mb", at(""))).toBe(`Bucket '${at("")}' created`);
    await s3cmd("put", join(folder, "up", "a.txt"), at("a.txt"));
    expect(await s3cmd("ls", at(""))).toMatch(/^[-\d]+ [:\d]+ +5 +s3:\/\/s3cmd-here\/a\.txt$/);
    expect(await s3cmd("ls")).toContain("s3://s3cmd-here");
    expect(await s3cmd("get", at("a.txt"), "-")).toContain("hello");
    await expect(s3cmd("ls", "s3://no-such-bucket-here")).rejects.toMatchObject({
      stderr: expect.stringContaining("S3 error: 404 (NoSuchBucket): The specified bucket does not exist"),
    });
  });

  test("syncs a folder up and down, and removes what is gone", async () => {
    await s3cmd("sync", `${folder}/up/`, at("p/"));
    await s3cmd("sync", at("p/"), `${folder}/down/`);
    expect(await filesBelow(join(folder, "down"))).toEqual(await filesBelow(join(folder, "up")));
    await rm(join(folder, "up", "a.txt"));
    expect(await s3cmd("sync", "--delete-removed", `${folder}/up/`, at("p/"))).toContain(`delete: '${at("p/a.txt")}'`);
  });

  test("puts in parts, and gets the same back", async () => {
    const large = randomBytes(12_000_000);
    await writeFile(join(folder, "large.bin"), large);
    await s3cmd("put", "--multipart-chunk-size-mb=5", join(folder, "large.bin"), at("large.bin"));
    const { ETag } = await s3.send(new HeadObjectCommand({ Bucket, Key: "large.bin" }));
    expect(ETag).toMatch(/-3"$/);
    await s3cmd("get", at("large.bin"), join(folder, "back.bin"));
    const files = await filesBelow(folder);
    expect(files["/back.bin"]).toBe(files["/large.bin"]);
    expect(await s3cmd("multipart", at(""))).toBe(`${at("")}\nInitiated\tPath\tId`);
  });

  test("copies, moves and changes objects, which takes --acl-private where lists are off, as on AWS", async () => {
    await expect(s3cmd("cp", at("a.txt"), at("b.txt"))).rejects.toMatchObject({
      stderr: expect.stringContaining("400 (AccessControlListNotSupported): The bucket does not allow ACLs"),
    });
    await s3cmd("cp", "--acl-private", at("a.txt"), at("b.txt"));
    await s3cmd("mv", "--acl-private", at("b.txt"), at("c.txt"));
    await s3cmd("modify", "--acl-private", "--add-header=Cache-Control:no-cache", at("c.txt"));
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: "c.txt" }))).toMatchObject({
      CacheControl: "no-cache",
      ContentType: "text/plain",
    });
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: "b.txt" }))).rejects.toMatchObject({ name: "NotFound" });
  });

  test("tells about an object, signs a URL for it, and makes it public", async () => {
    expect(await s3cmd("info", at("a.txt"))).toMatch(/File size: 5[^]*MD5 sum: +5d41402abc4b2a76b9719d911017c592/);
    const url = await s3cmd("signurl", at("a.txt"), "+100");
    expect(await (await fetch(url)).text()).toBe("hello");
    const plain = `${cloud.endpoint}/${Bucket}/a.txt`;
    expect((await fetch(plain)).status).toBe(403);
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
    const Rules = [{ ObjectOwnership: "ObjectWriter" as const }];
    await s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules } }));
    await s3cmd("setacl", "--acl-public", at("a.txt"));
    expect(await (await fetch(plain)).text()).toBe("hello");
    expect(await s3cmd("info", at("a.txt"))).toContain("*anon*: READ");
    await s3cmd("setacl", "--acl-private", at("a.txt"));
    expect((await fetch(plain)).status).toBe(403);
  });

  test("sets and shows policy, lifecycle, access log, CORS and website", async () => {
    const Statement = [
      { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/*` },
    ];
    await writeFile(join(folder, "policy.json"), JSON.stringify({ Version: "2012-10-17", Statement }));
    const rule = "<ID>old</ID><Prefix>log/</Prefix><Status>Enabled</Status><Expiration><Days>3</Days></Expiration>";
    const lifecycle = `<LifecycleConfiguration><Rule>${rule}</Rule></LifecycleConfiguration>`;
    await writeFile(join(folder, "lifecycle.xml"), lifecycle);
    const cors = "<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>";
    await writeFile(join(folder, "cors.xml"), `<CORSConfiguration><CORSRule>${cors}</CORSRule></CORSConfiguration>`);
    await s3cmd("setpolicy", join(folder, "policy.json"), at(""));
    await s3cmd("setlifecycle", join(folder, "lifecycle.xml"), at(""));
    await s3cmd("setcors", join(folder, "cors.xml"), at(""));
    await s3cmd("ws-create", "--ws-index=index.html", at(""));
    await s3cmd("accesslog", `--access-logging-target-prefix=${at("log/")}`, "--acl-private", at(""));
    const told = await s3cmd("info", at(""));
    for (const line of [
      '"Action":"s3:GetObject"',
      "<AllowedMethod>GET</AllowedMethod>",
      "prefix 'log/' will expire in '3' day(s)",
    ])
      expect(told).toContain(line);
    expect(await s3cmd("getlifecycle", at(""))).toContain("<Prefix>log/</Prefix>");
    expect(await s3cmd("ws-info", at(""))).toMatch(/Index document: +index\.html/);
    expect(await s3cmd("accesslog", at(""))).toContain("Logging Enabled: True");
    for (const command of ["delpolicy", "dellifecycle", "delcors", "ws-delete"]) await s3cmd(command, at(""));
    expect(await s3cmd("info", at(""))).toMatch(/Expiration Rule: none[^]*Policy: +none[^]*CORS: +none/);
  });

  test("removes a bucket once it is empty", async () => {
    await expect(s3cmd("rb", at(""))).rejects.toMatchObject({ stderr: expect.stringContaining("BucketNotEmpty") });
    await s3cmd("accesslog", "--no-access-logging", at(""));
    expect(await s3cmd("del", at("a.txt"))).toBe(`delete: '${at("a.txt")}'`);
    await s3cmd("del", "--recursive", "--force", at(""));
    expect(await s3cmd("rb", at(""))).toBe(`Bucket '${at("")}' removed`);
  });
});
