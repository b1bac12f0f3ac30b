// What the forty tests need of the shop (docs/examples): its addresses, clients, and to know when all is done.

import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { S3 } from "@aws-sdk/client-s3";
import { SQS } from "@aws-sdk/client-sqs";
import "vitest";

export type Outputs = Readonly<Record<string, string>>;

declare module "vitest" {
  interface ProvidedContext {
    bench: { readonly endpoint: string; readonly assembly: string; readonly outputs: Outputs };
  }
}

export type Shop = {
  readonly outputs: Outputs;
  readonly dynamodb: DynamoDB;
  readonly s3: S3;
  readonly sqs: SQS;
  settle(): Promise<unknown>;
};

export async function post(endpoint: string, path: string, body: object = {}): Promise<unknown> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${endpoint}/_hangar/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

/** The shop of an embedded cloud, not through the fixtures. */
export function shopAt(endpoint: string, outputs: Outputs): Shop {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const config = { endpoint, region: "us-east-1", credentials };
  return {
    outputs,
    dynamodb: new DynamoDB(config),
    s3: new S3({ ...config, forcePathStyle: true }),
    sqs: new SQS(config),
    settle: () => post(endpoint, "settle"),
  };
}

/** What a suite on one world does after each of its tests. */
export async function clean({ outputs, dynamodb, s3, sqs, settle }: Shop): Promise<void> {
  await settle();
  const Bucket = outputs["Receipts"] ?? "";
  const TableName = outputs["Orders"] ?? "";
  const { Contents = [] } = await s3.listObjectsV2({ Bucket });
  for (const { Key } of Contents) await s3.deleteObject({ Bucket, Key });
  const { Items = [] } = await dynamodb.scan({ TableName });
  for (const { id } of Items) if (id !== undefined) await dynamodb.deleteItem({ TableName, Key: { id } });
  for (const name of ["PlacedQueue", "FailedQueue"]) await drain(sqs, outputs[name] ?? "");
}

/** Not PurgeQueue, which AWS takes once a minute. */
async function drain(sqs: SQS, QueueUrl: string): Promise<void> {
  for (;;) {
    const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
    if (Messages.length === 0) return;
    for (const { ReceiptHandle } of Messages) await sqs.deleteMessage({ QueueUrl, ReceiptHandle });
  }
}
