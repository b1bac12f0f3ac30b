// Snapshots: a world as a folder of readable rows, loaded by another cloud or in a running world's place; compared and reset.

import { CreateTableCommand, GetItemCommand, ListTablesCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { diffSnapshots, startCloud, type RunningCloud, type StartSettings } from "../index.ts";
import { formatSnapshotDiff } from "./snapshot-text.ts";
import { type Worldly, dynamodb, filesIn, queue, queues, s3, sqs } from "./test-worlds.ts";

let folder = "";
const clouds: RunningCloud[] = [];
const body = randomBytes(200_000);

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

async function bodies(cloud: Worldly, QueueUrl: string): Promise<readonly (string | undefined)[]> {
  const { Messages = [] } = await sqs(cloud).send(new ReceiveMessageCommand({ QueueUrl }));
  return Messages.map((message) => message.Body);
}

/** A bit of everything: items with bytes, a small and a large body, a message that is due in a minute. */
async function shop(cloud: RunningCloud): Promise<{ readonly QueueUrl: string }> {
  cloud.clock.hold();
  await dynamodb(cloud).send(
    new CreateTableCommand({
      TableName: "orders",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
  const Item = { id: { S: "a\u2028é" }, raw: { B: new Uint8Array([0, 1, 255]) } };
  await dynamodb(cloud).send(new PutItemCommand({ TableName: "orders", Item }));
  await s3(cloud).send(new CreateBucketCommand({ Bucket: "photos" }));
  await s3(cloud).send(new PutObjectCommand({ Bucket: "photos", Key: "large", Body: body }));
  await s3(cloud).send(new PutObjectCommand({ Bucket: "photos", Key: "small", Body: "é" }));
  const QueueUrl = await queue(cloud, "jobs");
  await sqs(cloud).send(new SendMessageCommand({ QueueUrl, MessageBody: "late", DelaySeconds: 60 }));
  await cloud.settle();
  return { QueueUrl };
}

describe("a snapshot", () => {
  test("loaded by another cloud is the same world: rows, bodies, time, ids and what was due", async () => {
    const { QueueUrl } = await shop(await start());
    const directory = await clouds[0]?.snapshot(join(folder, "one"));
    const other = await start({ snapshot: directory });
    expect(other.clock.now()).toBe(clouds[0]?.clock.now());
    const { Item } = await dynamodb(other).send(
      new GetItemCommand({ TableName: "orders", Key: { id: { S: "a\u2028é" } } }),
    );
    expect(Item).toEqual({ id: { S: "a\u2028é" }, raw: { B: new Uint8Array([0, 1, 255]) } });
    const large = await s3(other).send(new GetObjectCommand({ Bucket: "photos", Key: "large" }));
    expect(Buffer.from((await large.Body?.transformToByteArray()) ?? [])).toEqual(body);
    const small = await s3(other).send(new GetObjectCommand({ Bucket: "photos", Key: "small" }));
    expect(await small.Body?.transformToString()).toBe("é");
    expect(await bodies(other, QueueUrl)).toEqual([]);
    await other.clock.advance("1 minute");
    expect(await bodies(other, QueueUrl)).toEqual(["late"]);
    expect(other.bugs).toEqual([]);
  });

  test("of the same world has the same bytes, and so has one of the world that was loaded from it", async () => {
    const cloud = await start();
    await shop(cloud);
    await cloud.snapshot(join(folder, "one"));
    await cloud.snapshot(join(folder, "two"));
    const third = await start({ snapshot: join(folder, "one") });
    await third.snapshot(join(folder, "three"));
    const files = await filesIn(join(folder, "one"));
    expect(Object.keys(files).some((name) => name.includes("blobs"))).toBe(true);
    expect(await filesIn(join(folder, "two"))).toEqual(files);
    expect(await filesIn(join(folder, "three"))).toEqual(files);
  });

  test("is rows that people can read", async () => {
    const cloud = await start();
    await queue(cloud, "jobs");
    await cloud.snapshot(join(folder, "one"));
    const text = await readFile(join(folder, "one/tables/sqs/000000000000/us-east-1/queues.jsonl"), "utf8");
    expect(text).toMatch(/^\{"key":"jobs","row":\{.*"name":"jobs"/);
    expect(JSON.parse(await readFile(join(folder, "one/snapshot.json"), "utf8"))).toMatchObject({
      format: 2,
      account: "000000000000",
      schemas: { sqs: 1 },
      tables: { "sqs/000000000000/us-east-1/queues": 1 },
    });
  });

  test("of a fork holds the fork's rows; loaded in its place it leaves the others alone", async () => {
    const cloud = await start();
    await queue(cloud, "main");
    const fork = cloud.fork();
    await queue(fork, "forked");
    await fork.snapshot(join(folder, "fork"));
    const other = cloud.fork();
    await other.restore(join(folder, "fork"));
    expect(await queues(other)).toEqual(["forked", "main"]);
    await queue(other, "later");
    expect(await queues(cloud)).toEqual(["main"]);
    expect(await queues(fork)).toEqual(["forked", "main"]);
    const child = other.fork();
    expect(await queues(child)).toEqual(["forked", "later", "main"]);
    other.dispose();
    expect(await queues(child)).toEqual(["forked", "later", "main"]);
  });

  test("replaces a running world whole: what was written since is gone, and so is what was due", async () => {
    const cloud = await start();
    const { QueueUrl } = await shop(cloud);
    await cloud.snapshot(join(folder, "one"));
    await queue(cloud, "new");
    await cloud.clock.advance("1 minute");
    expect(await bodies(cloud, QueueUrl)).toEqual(["late"]);
    await cloud.restore(join(folder, "one"));
    expect(await queues(cloud)).toEqual(["jobs"]);
    expect(await bodies(cloud, QueueUrl)).toEqual([]);
    await cloud.clock.advance("1 minute");
    expect(await bodies(cloud, QueueUrl)).toEqual(["late"]);
    expect(cloud.bugs).toEqual([]);
  });

  test("ends the long polls of the world it replaces: clients ask again, and find the loaded one", async () => {
    const cloud = await start();
    const QueueUrl = await queue(cloud, "jobs");
    await cloud.snapshot(join(folder, "one"));
    const poll = sqs(cloud).send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
    await expect.poll(() => cloud.trace.spans().some(({ name }) => name === "sqs:ReceiveMessage")).toBe(true);
    await cloud.restore(join(folder, "one"));
    await sqs(cloud).send(new SendMessageCommand({ QueueUrl, MessageBody: "new" }));
    expect((await poll).Messages?.map((message) => message.Body)).toEqual(["new"]);
  });

  test("gives no id twice within one cloud", async () => {
    const cloud = await start();
    const QueueUrl = await queue(cloud, "jobs");
    await cloud.snapshot(join(folder, "one"));
    const ids: unknown[] = [];
    for (let index = 0; index < 3; index += 1) {
      ids.push((await sqs(cloud).send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }))).MessageId);
      await cloud.restore(join(folder, "one"));
    }
    expect(new Set(ids).size).toBe(3);
  });

  test("names the endpoint of the cloud that loads it", async () => {
    const [cloud, other] = [await start({ listen: true }), await start({ listen: true })];
    const address = `${cloud.endpoint}/000000000000/jobs`;
    const table = { TableName: "links", KeySchema: [{ AttributeName: "id", KeyType: "HASH" as const }] };
    const AttributeDefinitions = [{ AttributeName: "id", AttributeType: "S" as const }];
    await dynamodb(cloud).send(
      new CreateTableCommand({ ...table, AttributeDefinitions, BillingMode: "PAY_PER_REQUEST" }),
    );
    await dynamodb(cloud).send(
      new PutItemCommand({ TableName: "links", Item: { id: { S: "a" }, url: { S: address } } }),
    );
    await cloud.snapshot(join(folder, "one"));
    await other.restore(join(folder, "one"));
    const { Item } = await dynamodb(other).send(new GetItemCommand({ TableName: "links", Key: { id: { S: "a" } } }));
    expect(Item?.["url"]).toEqual({ S: `${other.endpoint}/000000000000/jobs` });
  });

  test("takes the place of an older one, and of nothing else", async () => {
    const cloud = await start();
    await mkdir(join(folder, "one"));
    await cloud.snapshot(join(folder, "one"));
    await queue(cloud, "jobs");
    await cloud.snapshot(join(folder, "one"));
    expect(await readdir(folder)).toEqual(["one"]);
    expect(await queues(await start({ snapshot: join(folder, "one") }))).toEqual(["jobs"]);
    await mkdir(join(folder, "mine"));
    await writeFile(join(folder, "mine/notes.txt"), "x");
    await expect(cloud.snapshot(join(folder, "mine"))).rejects.toThrow("has files in it and is no snapshot");
    expect(await readdir(join(folder, "mine"))).toEqual(["notes.txt"]);
    await expect(cloud.snapshot(join(folder, "mine/notes.txt"))).rejects.toThrow("is a file");
  });

  test("loaded into a cloud with a data folder is what the next start finds", async () => {
    const cloud = await start();
    await queue(cloud, "loaded");
    await cloud.snapshot(join(folder, "one"));
    const kept = await start({ directory: join(folder, "data") });
    await queue(kept, "before");
    await kept.restore(join(folder, "one"));
    await queue(kept, "after");
    await kept.close();
    const again = await start({ directory: join(folder, "data") });
    expect(await queues(again)).toEqual(["after", "loaded"]);
    await again.close();
    const taken = startCloud({ listen: false, directory: join(folder, "data"), snapshot: join(folder, "one") });
    await expect(taken).rejects.toThrow("What is kept from the last start would be lost");
  });
});

describe("the difference between two snapshots", () => {
  test("is rows added, removed and changed, by service, table, key and member", async () => {
    const cloud = await start();
    cloud.clock.hold();
    const QueueUrl = await queue(cloud, "jobs");
    await cloud.snapshot(join(folder, "one"));
    expect(formatSnapshotDiff(await diffSnapshots(join(folder, "one"), join(folder, "one")))).toBe("No difference.");
    await queue(cloud, "more");
    await sqs(cloud).send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: "77" } }));
    await cloud.clock.advance("1 minute");
    await cloud.snapshot(join(folder, "two"));
    const { rows, clock } = await diffSnapshots(join(folder, "one"), join(folder, "two"));
    const place = { service: "sqs", account: "000000000000", region: "us-east-1", table: "queues" };
    expect(rows).toMatchObject([
      { ...place, key: "jobs", change: "changed" },
      { ...place, key: "more", change: "added", row: { name: "more" } },
    ]);
    expect(JSON.stringify(rows[0]?.members)).toContain("77");
    expect(clock?.after.at).toBe((clock?.before.at ?? 0) + 60_000);
    const text = formatSnapshotDiff({ rows });
    expect(text).toMatch(
      /^sqs 000000000000 us-east-1 queues\n  ~ jobs\n(?:      \S+: .* -> .*\n)+  \+ more  \{"name":"more"/,
    );
    expect(text).toMatch(/\nRows: 1 added, 0 removed, 1 changed\.$/);
    const back = await diffSnapshots(join(folder, "two"), join(folder, "one"));
    expect(back.rows.map(({ change }) => change)).toEqual(["changed", "removed"]);
  });
});

describe("a reset", () => {
  test("takes a cloud back to nothing, its time too", async () => {
    const cloud = await start();
    const { QueueUrl } = await shop(cloud);
    await cloud.clock.advance("3 days");
    cloud.faults.latency("sqs:*", 1);
    await cloud.reset();
    expect(await queues(cloud)).toEqual([]);
    expect((await dynamodb(cloud).send(new ListTablesCommand())).TableNames).toEqual([]);
    expect(Math.abs(cloud.clock.now() - Date.now())).toBeLessThan(60_000);
    expect(cloud.faults.list()).toEqual([]);
    expect(await queue(cloud, "jobs")).toBe(QueueUrl);
    const { Attributes } = await sqs(cloud).send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessagesDelayed"] }),
    );
    expect(Attributes).toEqual({ ApproximateNumberOfMessagesDelayed: "0" });
  });

  test("of a fork leaves its parent alone", async () => {
    const cloud = await start();
    await queue(cloud, "main");
    const fork = cloud.fork();
    await fork.reset();
    expect(await queues(fork)).toEqual([]);
    expect(await queues(cloud)).toEqual(["main"]);
  });
});
