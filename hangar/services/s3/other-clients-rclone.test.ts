// rclone, as Debian has it, through a real port.

import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeProgram, environmentFor, filesBelow, output } from "../../gateway/test-programs.ts";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let folder: string;
let up: string;
const large = randomBytes(12_000_000);

beforeAll(async () => {
  cloud = await startCloud();
  folder = await mkdtemp(join(tmpdir(), "hangar-rclone-"));
  up = join(folder, "up");
  await mkdir(join(up, "sub"), { recursive: true });
  await writeFile(join(up, "empty"), "");
  await writeFile(join(up, "gone.txt"), "gone");
  await writeFile(join(up, "sub", "ü b+c%.txt"), "umlaut");
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
  await rm(folder, { recursive: true, force: true });
});

/** Provider "AWS" insists on virtual hosts, which no resolver has for an address. */
const rclone = (...args: string[]): Promise<string> =>
  output("rclone", args, {
    ...environmentFor(cloud),
    RCLONE_CONFIG: "/dev/null",
    RCLONE_CONFIG_H_TYPE: "s3",
    RCLONE_CONFIG_H_PROVIDER: "Other",
    RCLONE_CONFIG_H_ENV_AUTH: "true",
    RCLONE_CONFIG_H_REGION: "us-east-1",
    RCLONE_CONFIG_H_ENDPOINT: cloud.endpoint,
    RCLONE_RETRIES: "1",
    RCLONE_LOW_LEVEL_RETRIES: "1",
  });

const program = { command: "rclone", probe: ["version"], install: "apt-get install rclone" };

describeProgram("rclone", program, () => {
  test("copies a folder up and down, checks it by checksum and by download, lists and reads it", async () => {
    await rclone("mkdir", "h:rclone-here");
    await rclone("copy", up, "h:rclone-here/p");
    await rclone("check", up, "h:rclone-here/p");
    await rclone("check", "--download", up, "h:rclone-here/p");
    expect((await rclone("lsf", "-R", "h:rclone-here")).split("\n").toSorted()).toEqual([
      "p/",
      "p/empty",
      "p/gone.txt",
      "p/sub/",
      "p/sub/ü b+c%.txt",
    ]);
    expect(await rclone("cat", "h:rclone-here/p/sub/ü b+c%.txt")).toBe("umlaut");
    const down = join(folder, "down");
    await rclone("copy", "h:rclone-here/p", down);
    expect(await filesBelow(down)).toEqual(await filesBelow(up));
    await writeFile(join(up, "sub", "ü b+c%.txt"), "Umlaut");
    await expect(rclone("check", up, "h:rclone-here/p")).rejects.toMatchObject({
      stderr: expect.stringContaining("1 differences found"),
    });
  });

  test("syncs: what changed here changes there, what is gone goes", async () => {
    await rm(join(up, "gone.txt"));
    await rclone("sync", up, "h:rclone-here/p");
    expect((await rclone("lsf", "-R", "--files-only", "h:rclone-here/p")).split("\n")).toEqual([
      "empty",
      "sub/ü b+c%.txt",
    ]);
    await rclone("check", up, "h:rclone-here/p");
  });

  test("uploads in parts, copies on the server in one and in parts, and keeps the checksum", async () => {
    await writeFile(join(folder, "large.bin"), large);
    await rclone("copyto", "--s3-upload-cutoff=5M", "--s3-chunk-size=5M", join(folder, "large.bin"), "h:rclone-here/l");
    await rclone("copyto", "h:rclone-here/l", "h:rclone-here/whole");
    await rclone("copyto", "--s3-copy-cutoff=6M", "--s3-chunk-size=5M", "h:rclone-here/l", "h:rclone-here/parts");
    const sums = (await rclone("hashsum", "md5", "--max-depth=1", "h:rclone-here")).split("\n");
    expect(new Set(sums.map((line) => line.split(" ")[0])).size).toBe(1);
    expect(sums.map((line) => line.split("  ")[1] ?? "").toSorted()).toEqual(["l", "parts", "whole"]);
    const s3 = new S3Client(cloud.clientConfig());
    const etags = await Promise.all(
      ["l", "parts", "whole"].map(async (Key) => {
        const { ETag } = await s3.send(new HeadObjectCommand({ Bucket: "rclone-here", Key }));
        return ETag?.replace(/^.*(?=-)/, "");
      }),
    );
    expect(etags).toEqual(['-3"', expect.stringMatching(/^-\d"$/), expect.not.stringContaining("-")]);
  });

  test("links to an object for as long as it says", async () => {
    const url = await rclone("link", "--expire=100s", "h:rclone-here/l");
    expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(large)).toBe(true);
    await cloud.clock.advance("2 minutes");
    expect((await fetch(url)).status).toBe(403);
  });

  test("deletes a file, a folder, and a bucket with all in it", async () => {
    await rclone("deletefile", "h:rclone-here/whole");
    await rclone("delete", "h:rclone-here/p");
    expect(await rclone("lsf", "-R", "--files-only", "h:rclone-here")).toBe("l\nparts");
    await rclone("purge", "h:rclone-here");
    expect(await rclone("lsd", "h:")).not.toContain("rclone-here");
  });
});
