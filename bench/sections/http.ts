// Calls per second over HTTP, signed and verified, against a raw node:http hello.

import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { startServer } from "../child.ts";
import { capture, requestsPerSecond, type Captured } from "../load.ts";
import { issueKeys, prepare } from "../prepare.ts";
import type { Row } from "../table.ts";

const ITEM = {
  pk: { S: "user#1" },
  sk: { S: "profile" },
  name: { S: "Ada Lovelace" },
  age: { N: "36" },
  tags: { SS: ["a", "b"] },
};

export async function run(): Promise<readonly Row[]> {
  const raw = await startServer("./raw-server.ts");
  const hangar = await startServer("./hangar-server.js");
  try {
    const hello = await requestsPerSecond(raw.port, { method: "GET", path: "/hello", headers: {}, body: undefined });
    const echo = await requestsPerSecond(raw.port, echoOf({ TableName: "bench", Item: ITEM }));
    const against = `hello: ${Math.round(hello)}/s`;
    const rows: Row[] = [
      { what: "raw node:http JSON echo", measured: `${Math.round(echo)}/s`, against, ratio: echo / hello },
    ];
    for (const [what, request, aim] of await signedCalls(`http://127.0.0.1:${hangar.port}`)) {
      const rate = await requestsPerSecond(hangar.port, request);
      const ratio = rate / hello;
      rows.push({
        what: `${what} over HTTP, signature verified`,
        measured: `${Math.round(rate)}/s`,
        against,
        ratio,
        aim: `>= ${aim}`,
        met: ratio >= aim,
      });
    }
    return rows;
  } finally {
    await raw.stop();
    await hangar.stop();
  }
}

function echoOf(body: object): Captured {
  return { method: "POST", path: "/echo", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** What is called, and the share of a raw hello that it should reach. */
async function signedCalls(endpoint: string): Promise<readonly (readonly [string, Captured, number])[]> {
  const { queueUrl } = await prepare(endpoint);
  const config = { endpoint, region: "us-east-1", credentials: await issueKeys(endpoint) };
  const dynamodb = (requestHandler: object): DynamoDBClient => new DynamoDBClient({ ...config, requestHandler });
  const s3 = (requestHandler: object): S3Client => new S3Client({ ...config, requestHandler, forcePathStyle: true });
  const sqs = (requestHandler: object): SQSClient => new SQSClient({ ...config, requestHandler });
  const key = { pk: { S: "user#1" }, sk: { S: "profile" } };
  return [
    ["PutItem", await capture(dynamodb, new PutItemCommand({ TableName: "bench", Item: ITEM })), 0.25],
    ["GetItem", await capture(dynamodb, new GetItemCommand({ TableName: "bench", Key: key })), 0.3],
    [
      "PutObject 1 KB",
      await capture(s3, new PutObjectCommand({ Bucket: "bench", Key: "small", Body: Buffer.alloc(1024, 1) })),
      0.2,
    ],
    ["GetObject 1 KB", await capture(s3, new GetObjectCommand({ Bucket: "bench", Key: "small" })), 0.25],
    [
      "SendMessage",
      await capture(sqs, new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: "x".repeat(200) })),
      0.2,
    ],
  ];
}
