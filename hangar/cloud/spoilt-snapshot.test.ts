// Snapshots that are not whole: refused, each in words that say what is wrong, and nothing is changed.

import { CreateKeyCommand, KMSClient, ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { cp, mkdtemp, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud, type StartSettings } from "../index.ts";
import { filesIn, queue, queues, s3 } from "./test-worlds.ts";

let folder = "";
const clouds: RunningCloud[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hangar-snapshot-"));
});
afterEach(async () => {
  for (const cloud of clouds.splice(0)) await cloud.close();
  await rm(folder, { recursive: true, force: true });
});

async function start(settings: StartSettings = {}): Promise<RunningCloud> {
  const cloud = await startCloud({ listen: false, ...settings });
  clouds.push(cloud);
  return cloud;
}

type Manifest = Record<string, unknown> & { tables: Record<string, number>; blobs: Record<string, unknown> };

async function withManifest(change: (manifest: Manifest) => void): Promise<void> {
  const path = join(folder, "bad/snapshot.json");
  const manifest = JSON.parse(await readFile(path, "utf8")) as Manifest;
  change(manifest);
  await writeFile(path, JSON.stringify(manifest));
}

const QUEUES = "tables/sqs/000000000000/us-east-1/queues.jsonl";

async function withRows(name: string, change: (text: string) => string): Promise<void> {
  const path = join(folder, "bad", name);
  await writeFile(path, change(await readFile(path, "utf8")));
}

async function aBlob(): Promise<string> {
  const [hash = ""] = Object.keys(
    (JSON.parse(await readFile(join(folder, "bad/snapshot.json"), "utf8")) as Manifest).blobs,
  );
  return join(folder, "bad/blobs", hash.slice(0, 2), hash);
}

const SOME = "a".repeat(64);

const hostile: readonly (readonly [string, () => Promise<void>, string])[] = [
  [
    "of another format",
    () => withManifest((all) => (all["format"] = 1)),
    "it is of format 1, this Hangar reads 2. It was saved by Hangar",
  ],
  [
    "with rows of another version",
    () => withManifest((all) => (all["schemas"] = { sqs: 7 })),
    "the rows of sqs are of version 7, this Hangar reads 1",
  ],
  [
    "with streams whose shards take no hashes",
    () => withManifest((all) => (all["schemas"] = { dynamodb: 1 })),
    "the rows of dynamodb are of version 1, this Hangar reads 2",
  ],
  [
    "of a service that is not there",
    () => withManifest((all) => (all["schemas"] = { quantum: 1 })),
    "this Hangar has no service quantum",
  ],
  ["of another region", () => withManifest((all) => (all["region"] = "eu-west-1")), "region eu-west-1"],
  ["without its manifest", () => rm(join(folder, "bad/snapshot.json")), "is no snapshot: it has no snapshot.json"],
  ["whose manifest is not JSON", () => writeFile(join(folder, "bad/snapshot.json"), "{"), "snapshot.json is not JSON"],
  [
    "whose clock is none",
    () => withManifest((all) => (all["clock"] = { mode: "live", offset: "x", at: 0 })),
    "clock in snapshot.json",
  ],
  ["whose ids are none", () => withManifest((all) => (all["ids"] = [1, 2, 3])), "ids in snapshot.json"],
  [
    "with a path for a table",
    () => withManifest(({ tables }) => (tables["../../../../etc/passwd"] = 1)),
    'a table ../../../../etc/passwd, but no version of the rows of ".."',
  ],
  [
    "with a path for an account",
    () => withManifest(({ tables }) => (tables["sqs/../us-east-1/queues"] = 1)),
    "sqs has no table sqs/../us-east-1/queues",
  ],
  [
    "with a table that the service does not have",
    () => withManifest(({ tables }) => (tables["sqs/000000000000/us-east-1/constructor"] = 1)),
    "sqs has no table",
  ],
  [
    "with a path for a body",
    () => withManifest(({ blobs }) => (blobs["../../secret"] = { size: 1, sha256: SOME })),
    "blobs in snapshot.json",
  ],
  [
    "with other bytes for a name",
    () => withManifest(({ blobs }) => (blobs["b".repeat(64)] = { size: 1, sha256: SOME })),
    "blobs in snapshot.json",
  ],
  ["whose rows are missing", () => rm(join(folder, "bad", QUEUES)), `${QUEUES} is missing`],
  ["whose rows are cut short", () => withRows(QUEUES, () => ""), "has 0 rows, the manifest says 1"],
  ["whose row is not JSON", () => withRows(QUEUES, (text) => text.slice(0, -3)), `line 1 of ${QUEUES} is not a row`],
  ["with one key twice", () => withRows(QUEUES, (text) => text + text), `line 2 of ${QUEUES} is not a row`],
  [
    "with work under the key of other work",
    () => withRows("tables/scheduler/work.jsonl", (text) => text.replace('{"key":"0', '{"key":"1')),
    "line 1 of tables/scheduler/work.jsonl is not a row",
  ],
  ["whose body is missing", async () => rm(await aBlob()), "is missing"],
  ["whose body is another", async () => writeFile(await aBlob(), "è"), "holds other bytes than it did"],
  ["whose body is cut short", async () => writeFile(await aBlob(), ""), "has not the"],
  [
    "with a link for its rows",
    async () => {
      await rename(join(folder, "bad", QUEUES), join(folder, "elsewhere"));
      await symlink(join(folder, "elsewhere"), join(folder, "bad", QUEUES));
    },
    `${QUEUES} is a link`,
  ],
];

describe("a snapshot that is not whole is refused, and changes nothing", () => {
  let cloud: RunningCloud;
  beforeEach(async () => {
    const one = await start();
    one.clock.hold();
    await queue(one, "jobs");
    const Description = "due in a week";
    const { KeyMetadata } = await new KMSClient(one.clientConfig()).send(new CreateKeyCommand({ Description }));
    const KeyId = KeyMetadata?.KeyId;
    await new KMSClient(one.clientConfig()).send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    await s3(one).send(new CreateBucketCommand({ Bucket: "photos" }));
    await s3(one).send(new PutObjectCommand({ Bucket: "photos", Key: "small", Body: "é" }));
    await one.snapshot(join(folder, "good"));
    await cp(join(folder, "good"), join(folder, "bad"), { recursive: true });
    cloud = await start();
    cloud.clock.hold();
    await queue(cloud, "mine");
    await cloud.snapshot(join(folder, "before"));
  });

  test.each(hostile)("%s", async (_name, spoil, message) => {
    await spoil();
    await expect(cloud.restore(join(folder, "bad"))).rejects.toThrow(message);
    await cloud.snapshot(join(folder, "after"));
    expect(await filesIn(join(folder, "after"))).toEqual(await filesIn(join(folder, "before")));
    const settings = { listen: false, region: "us-east-1", snapshot: join(folder, "bad") };
    await expect(startCloud(settings)).rejects.toThrow(message);
    await cloud.restore(join(folder, "good"));
    expect(await queues(cloud)).toEqual(["jobs"]);
  });
});
