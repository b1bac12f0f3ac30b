// Calls per second over HTTP, signed and verified, against a raw node:http hello.

import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { startHangar, startServer } from "../child.ts";
import { besideHello, capture, type Captured } from "../load.ts";
import { issueKeys, prepare } from "../prepare.ts";
import { prepareTable } from "../prepare-table.ts";
import { atLeast, type Row } from "../table.ts";

const ITEM = {
  pk: { S: "user#1" },
  sk: { S: "profile" },
  name: { S: "Ada Lovelace" },
  age: { N: "36" },
  tags: { SS: ["a", "b"] },
};
const PUT = new PutItemCommand({ TableName: "bench", Item: ITEM });
const GET = new GetItemCommand({ TableName: "bench", Key: { pk: ITEM.pk, sk: ITEM.sk } });

export async function run(): Promise<readonly Row[]> {
  const raw = await startServer("./raw-server.ts");
  const hangar = await startHangar();
  const peer = await startServer("./dynalite-server.js");
  try {
    const rows: Row[] = [];
    const measure = async (what: string, port: number, request: Captured, aim?: number): Promise<void> => {
      const { rate, hello, share } = await besideHello(raw.port, port, request);
      rows.push({
        what,
        measured: `${Math.round(rate)}/s`,
        against: `hello: ${Math.round(hello)}/s`,
        ratio: share,
        ...(aim === undefined ? {} : atLeast(aim, share)),
      });
    };
    await measure("raw node:http JSON echo", raw.port, echoOf({ TableName: "bench", Item: ITEM }));
    for (const [what, request, aim] of await signedCalls(`http://127.0.0.1:${hangar.port}`))
      await measure(`${what} over HTTP, signature verified`, hangar.port, request, aim);
    for (const [what, request] of await peerCalls(`http://127.0.0.1:${peer.port}`))
      await measure(`dynalite: ${what}, no signature verified`, peer.port, request);
    return rows;
  } finally {
    await raw.stop();
    await hangar.stop();
    await peer.stop();
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
  return [
    ["PutItem", await capture(dynamodb, PUT), 0.25],
    ["GetItem", await capture(dynamodb, GET), 0.3],
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

async function peerCalls(endpoint: string): Promise<readonly (readonly [string, Captured])[]> {
  const config = { endpoint, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
  await prepareTable(new DynamoDBClient(config));
  const dynamodb = (requestHandler: object): DynamoDBClient => new DynamoDBClient({ ...config, requestHandler });
  return [
    ["PutItem", await capture(dynamodb, PUT)],
    ["GetItem", await capture(dynamodb, GET)],
  ];
}
