// What the suites of snapshots share: a world with queues, and the files of a folder.

import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type RunningCloud } from "../index.ts";

export type Worldly = Pick<RunningCloud, "clientConfig">;

export const sqs = (cloud: Worldly): SQSClient => new SQSClient(cloud.clientConfig());

export const dynamodb = (cloud: Worldly): DynamoDBClient => new DynamoDBClient(cloud.clientConfig());

export const s3 = (cloud: Worldly): S3Client => new S3Client(cloud.clientConfig());

export async function queue(cloud: Worldly, QueueName: string): Promise<string> {
  return (await sqs(cloud).send(new CreateQueueCommand({ QueueName }))).QueueUrl ?? "";
}

export async function queues(cloud: Worldly): Promise<readonly string[]> {
  const { QueueUrls = [] } = await sqs(cloud).send(new ListQueuesCommand());
  return QueueUrls.map((url) => url.slice(url.lastIndexOf("/") + 1));
}

/** Path -> bytes of every file below a folder. */
export async function filesIn(path: string): Promise<Record<string, string>> {
  const files = (await readdir(path, { recursive: true, withFileTypes: true })).filter((each) => each.isFile());
  const names = files.map((each) => join(each.parentPath, each.name)).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(name, "latin1")));
  return Object.fromEntries(names.map((name, index) => [name.slice(path.length), texts[index] ?? ""]));
}
