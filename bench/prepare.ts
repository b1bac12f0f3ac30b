// What the benchmarks need to be there: a table, a bucket, a queue, and keys that IAM issued.

import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { prepareTable } from "./prepare-table.ts";

const ROOT = { region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };

export async function prepare(endpoint: string): Promise<{ queueUrl: string }> {
  const config = { ...ROOT, endpoint };
  await prepareTable(new DynamoDBClient(config));
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: "bench" }));
  await s3.send(new PutObjectCommand({ Bucket: "bench", Key: "small", Body: Buffer.alloc(1024, 1) }));
  const { QueueUrl } = await new SQSClient(config).send(new CreateQueueCommand({ QueueName: "bench" }));
  if (QueueUrl === undefined) throw new Error("No queue.");
  return { queueUrl: QueueUrl };
}

/** Keys whose signatures are checked and whose policies are evaluated, unlike the root user's. */
export async function issueKeys(endpoint: string): Promise<{ accessKeyId: string; secretAccessKey: string }> {
  const iam = new IAMClient({ ...ROOT, endpoint });
  await iam.send(new CreateUserCommand({ UserName: "bench" }));
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["dynamodb:*", "s3:*", "sqs:*", "lambda:*"], Resource: "*" }],
  });
  await iam.send(new PutUserPolicyCommand({ UserName: "bench", PolicyName: "all", PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "bench" }));
  if (AccessKey?.AccessKeyId === undefined || AccessKey.SecretAccessKey === undefined) throw new Error("No key.");
  return { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey };
}
