// A cloud with a data folder comes back as it was: nothing that was acknowledged is lost, whether it was closed or killed.

import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, ListAccessKeysCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { once } from "node:events";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { appendFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../index.ts";

let directory = "";
const clouds: RunningCloud[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "hangar-data-"));
});
afterEach(async () => {
  for (const cloud of clouds.splice(0)) await cloud.close();
  await rm(directory, { recursive: true, force: true });
});

async function start(folder = directory, seed?: string): Promise<RunningCloud> {
  const cloud = await startCloud({ directory: folder, listen: false, seed });
  clouds.push(cloud);
  return cloud;
}

const table = {
  TableName: "orders",
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" as const }],
  AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" as const }],
  BillingMode: "PAY_PER_REQUEST" as const,
};

async function order(cloud: RunningCloud, id: string): Promise<unknown> {
  const client = new DynamoDBClient(cloud.clientConfig());
  return (await client.send(new GetItemCommand({ TableName: "orders", Key: { id: { S: id } } }))).Item;
}

describe("a cloud with a data folder", () => {
  test("has everything again when it is opened a second time", async () => {
    const first = await start();
    const config = first.clientConfig();
    const [dynamodb, s3, sqs, iam] = [
      new DynamoDBClient(config),
      new S3Client(config),
      new SQSClient(config),
      new IAMClient(config),
    ];
    const body = randomBytes(200_000);
    const bytes = new Uint8Array([0, 1, 255]);
    await dynamodb.send(new CreateTableCommand(table));
    await dynamodb.send(new PutItemCommand({ TableName: "orders", Item: { id: { S: "a" }, raw: { B: bytes } } }));
    await s3.send(new CreateBucketCommand({ Bucket: "kept" }));
    await s3.send(new PutObjectCommand({ Bucket: "kept", Key: "large", Body: body }));
    await s3.send(new PutObjectCommand({ Bucket: "kept", Key: "small", Body: "é" }));
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "one" }));
    await iam.send(new CreateUserCommand({ UserName: "ann" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "ann" }));
    await first.close();

    const second = await start();
    const again = second.clientConfig();
    expect(await order(second, "a")).toEqual({ id: { S: "a" }, raw: { B: bytes } });
    const large = await new S3Client(again).send(new GetObjectCommand({ Bucket: "kept", Key: "large" }));
    expect(Buffer.from((await large.Body?.transformToByteArray()) ?? [])).toEqual(body);
    const small = await new S3Client(again).send(new GetObjectCommand({ Bucket: "kept", Key: "small" }));
    expect(await small.Body?.transformToString()).toBe("é");
    const received = await new SQSClient(again).send(new ReceiveMessageCommand({ QueueUrl }));
    expect(received.Messages?.map((message) => message.Body)).toEqual(["one"]);
    const keys = await new IAMClient(again).send(new ListAccessKeysCommand({ UserName: "ann" }));
    expect(keys.AccessKeyMetadata?.map((key) => key.AccessKeyId)).toEqual([AccessKey?.AccessKeyId]);
    expect(second.bugs).toEqual([]);
  });

  test("loses nothing acknowledged when its process is killed in the middle of its work", async () => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", writer(directory)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    for await (const chunk of child.stdout) {
      said += String(chunk);
      if (said.split("\n").length > 60 && !child.killed) child.kill("SIGKILL");
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    const acknowledged = said.split("\n").slice(0, -1);
    expect(acknowledged.length).toBeGreaterThanOrEqual(60);
    const cloud = await start();
    for (const id of acknowledged) expect(await order(cloud, id), id).toMatchObject({ id: { S: id } });
  });

  test("gives no id twice, though its seed is the same", async () => {
    const first = await start(directory, "seed");
    const sqs = new SQSClient(first.clientConfig());
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
    const one = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }));
    await first.close();
    const second = await start(directory, "seed");
    const client = new SQSClient(second.clientConfig());
    const ids = [one.MessageId];
    for (let index = 0; index < 20; index += 1)
      ids.push((await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }))).MessageId);
    expect(new Set(ids).size).toBe(21);
  });

  test("keeps the time it was moved to, held or running", async () => {
    const first = await start();
    await first.clock.advance("3 days");
    await new SQSClient(first.clientConfig()).send(new CreateQueueCommand({ QueueName: "jobs" }));
    const left = first.clock.now();
    await first.close();
    const second = await start();
    expect(second.clock.now()).toBeGreaterThanOrEqual(left);
    expect(second.clock.now()).toBeLessThan(left + 60_000);
    second.clock.hold();
    const held = second.clock.now();
    await new SQSClient(second.clientConfig()).send(new CreateQueueCommand({ QueueName: "jobs" }));
    await second.close();
    expect((await start()).clock.now()).toBe(held);
  });

  test("does what was due while it was away", async () => {
    const first = await start();
    first.clock.hold();
    const sqs = new SQSClient(first.clientConfig());
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "late", DelaySeconds: 60 }));
    await first.close();
    const second = await start();
    const client = new SQSClient(second.clientConfig());
    expect((await client.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined();
    await second.clock.advance("1 minute");
    const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages?.map((message) => message.Body)).toEqual(["late"]);
  });

  test("keeps nothing of a fork", async () => {
    const first = await start();
    const fork = first.fork();
    await new DynamoDBClient(fork.clientConfig()).send(new CreateTableCommand(table));
    fork.dispose();
    await first.close();
    await expect(order(await start(), "a")).rejects.toThrow("Requested resource not found");
  });

  test("is one process's alone, until that is closed or gone", async () => {
    const first = await start();
    await expect(start()).rejects.toThrow(`${directory} is already open in this process.`);
    await first.close();
    await writeFile(join(directory, "lock"), String(process.ppid));
    await expect(start()).rejects.toThrow(
      `${directory} is in use by process ${process.ppid}. If that is no Hangar, remove`,
    );
    await writeFile(join(directory, "lock"), "999999999");
    await (await start()).close();
    expect((await readdir(directory)).includes("lock")).toBe(false);
  });

  test("says so when its journal is damaged or of another version, and touches nothing", async () => {
    const first = await start();
    await new SQSClient(first.clientConfig()).send(new CreateQueueCommand({ QueueName: "jobs" }));
    await first.close();
    const journal = join(directory, "journal");
    const whole = await readFile(journal);
    const damaged = Buffer.from(whole);
    damaged[5] = 0x21;
    await writeFile(journal, damaged);
    await expect(start()).rejects.toThrow(`The journal ${journal} is damaged between bytes 0 and`);
    expect(await readFile(journal)).toEqual(damaged);
    const other = `["cloud/house","format"]\t99\n`;
    const { crc32 } = await import("node:zlib");
    await writeFile(journal, `${other}=1 ${crc32(other).toString(16)}\n`);
    await expect(start()).rejects.toThrow("was written by another version of Hangar (format 99, ours is 1)");
    await writeFile(journal, whole);
    await appendFile(journal, '["sqs/');
    await start();
  });

  test("copied while it is closed is another cloud of the same contents", async () => {
    const first = await start();
    await new DynamoDBClient(first.clientConfig()).send(new CreateTableCommand(table));
    await first.close();
    const copy = await mkdtemp(join(tmpdir(), "hangar-copy-"));
    await cp(directory, copy, { recursive: true });
    const second = await start(copy);
    expect(await order(second, "a")).toBeUndefined();
    await second.close();
    await rm(copy, { recursive: true });
  });
});

/** A process that writes orders and says the id of each once it is acknowledged, many at a time. */
function writer(folder: string): string {
  const index = new URL("../index.ts", import.meta.url).href;
  return `
    import { startCloud } from ${JSON.stringify(index)};
    import { writeSync } from "node:fs";
    import { DynamoDBClient, CreateTableCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
    const cloud = await startCloud({ directory: ${JSON.stringify(folder)}, listen: false });
    const client = new DynamoDBClient(cloud.clientConfig());
    await client.send(new CreateTableCommand(${JSON.stringify(table)}));
    const put = async (worker) => {
      for (let count = 0; ; count += 1) {
        const id = worker + "-" + count;
        await client.send(new PutItemCommand({ TableName: "orders", Item: { id: { S: id }, fill: { S: "x".repeat(2000) } } }));
        writeSync(1, id + "\\n");
      }
    };
    await Promise.all([0, 1, 2, 3, 4].map(put));
  `;
}
