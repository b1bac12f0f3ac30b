// Every call is authorised, and a denial says in AWS's words which policy decided, in the protocol of the caller.

import { CreateTableCommand, DynamoDBClient, ListTablesCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  IAMClient,
  ListUsersCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import { LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  GetObjectCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { CreateQueueCommand, SendMessageCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type ClientConfig, type RunningCloud } from "../index.ts";

let cloud: RunningCloud;
let admin: ClientConfig;
let ann: ClientConfig;
let queueUrl = "";

const ANN = "arn:aws:iam::000000000000:user/ann";
const TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/orders";
const QUEUE = "arn:aws:sqs:us-east-1:000000000000:jobs";

beforeAll(async () => {
  cloud = await startCloud();
  admin = cloud.clientConfig();
  const iam = new IAMClient(admin);
  await iam.send(new CreateUserCommand({ UserName: "ann" }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "ann" }));
  ann = as(AccessKey?.AccessKeyId, AccessKey?.SecretAccessKey);
  await new DynamoDBClient(admin).send(
    new CreateTableCommand({
      TableName: "orders",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
  queueUrl = (await new SQSClient(admin).send(new CreateQueueCommand({ QueueName: "jobs" }))).QueueUrl ?? "";
  await new S3Client(admin).send(new CreateBucketCommand({ Bucket: "papers" }));
  await new S3Client(admin).send(new PutObjectCommand({ Bucket: "papers", Key: "k", Body: "x" }));
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

function as(accessKeyId = "", secretAccessKey = "", sessionToken?: string): ClientConfig {
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  return { ...admin, credentials };
}

function statement(Effect: "Allow" | "Deny", Action: string, Resource = "*", more: object = {}): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect, Action, Resource, ...more }] });
}

function policy(PolicyDocument: string): Promise<unknown> {
  return new IAMClient(admin).send(new PutUserPolicyCommand({ UserName: "ann", PolicyName: "only", PolicyDocument }));
}

async function denial(
  call: Promise<unknown>,
): Promise<{ name: string; message: string; status: number | undefined } | "allowed"> {
  try {
    await call;
    return "allowed";
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata: { httpStatusCode?: number } };
    return { name, message, status: $metadata.httpStatusCode };
  }
}

const put = (config: ClientConfig): Promise<unknown> =>
  new DynamoDBClient(config).send(new PutItemCommand({ TableName: "orders", Item: { id: { S: "a" } } }));
const sendTo = (config: ClientConfig): Promise<unknown> =>
  new SQSClient(config).send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: "x" }));
const get = (config: ClientConfig): Promise<unknown> =>
  new S3Client(config).send(new GetObjectCommand({ Bucket: "papers", Key: "k" }));

describe("a user without a policy is denied, and told which kind of policy is missing", () => {
  const none = (action: string, resource: string): string =>
    `User: ${ANN} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;

  test.each<[string, (config: ClientConfig) => Promise<unknown>, object]>([
    ["DynamoDB", put, { name: "AccessDeniedException", status: 400, message: none("dynamodb:PutItem", TABLE) }],
    ["S3", get, { name: "AccessDenied", status: 403, message: none("s3:GetObject", '"arn:aws:s3:::papers/k"') }],
    [
      "Lambda",
      (config) => new LambdaClient(config).send(new ListFunctionsCommand()),
      { name: "AccessDeniedException", status: 403, message: none("lambda:ListFunctions", "*") },
    ],
    [
      "IAM",
      (config) => new IAMClient(config).send(new ListUsersCommand()),
      { name: "AccessDenied", status: 403, message: none("iam:ListUsers", "arn:aws:iam::000000000000:user/") },
    ],
  ])("%s", async (_name, call, expected) => {
    expect(await denial(call(ann))).toEqual(expected);
  });

  test("SQS writes its actions small", async () => {
    expect(await denial(sendTo(ann))).toMatchObject({
      status: 403,
      message: none("sqs:sendmessage", QUEUE),
    });
  });

  test("who one is may always be asked", async () => {
    const identity = await new STSClient(ann).send(new GetCallerIdentityCommand());
    expect(identity).toMatchObject({ Account: "000000000000", Arn: ANN });
  });
});

describe("a policy", () => {
  test("allows what it names and nothing else", async () => {
    await policy(statement("Allow", "dynamodb:PutItem", TABLE));
    expect(await denial(put(ann))).toBe("allowed");
    expect(await denial(new DynamoDBClient(ann).send(new ListTablesCommand()))).not.toBe("allowed");
  });

  test("that denies wins over every other, and is named", async () => {
    await policy(
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: "*", Resource: "*" },
          { Effect: "Deny", Action: "dynamodb:Put*", Resource: "*" },
        ],
      }),
    );
    expect(await denial(put(ann))).toMatchObject({
      message: `User: ${ANN} is not authorized to perform: dynamodb:PutItem on resource: ${TABLE} with an explicit deny in an identity-based policy`,
    });
    expect(await denial(sendTo(ann))).toBe("allowed");
  });

  test("of a queue lets in whom it names, and its denial is named as the resource's", async () => {
    await policy(statement("Deny", "iam:*"));
    const Policy = statement("Allow", "sqs:SendMessage", QUEUE, { Principal: { AWS: ANN } });
    await new SQSClient(admin).send(new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes: { Policy } }));
    expect(await denial(sendTo(ann))).toBe("allowed");
    await policy(statement("Allow", "sqs:*"));
    const Denied = statement("Deny", "sqs:SendMessage", QUEUE, {
      Principal: "*",
      Condition: { StringEquals: { "aws:username": "ann" } },
    });
    await new SQSClient(admin).send(
      new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes: { Policy: Denied } }),
    );
    expect(await denial(sendTo(ann))).toMatchObject({
      message: `User: ${ANN} is not authorized to perform: sqs:sendmessage on resource: ${QUEUE} with an explicit deny in a resource-based policy`,
    });
    await new SQSClient(admin).send(new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes: { Policy: "" } }));
  });

  test("of a bucket stops even the account's root user, who may still change it", async () => {
    await policy(statement("Allow", "s3:*"));
    const Policy = statement("Deny", "s3:GetObject", "arn:aws:s3:::papers/*", { Principal: "*" });
    const s3 = new S3Client(admin);
    await s3.send(new PutBucketPolicyCommand({ Bucket: "papers", Policy }));
    expect(await denial(get(ann))).toMatchObject({
      message: `User: ${ANN} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::papers/k" with an explicit deny in a resource-based policy`,
    });
    expect(await denial(get(admin))).toMatchObject({ name: "AccessDenied", status: 403 });
    await s3.send(new DeleteBucketPolicyCommand({ Bucket: "papers" }));
    expect(await denial(get(admin))).toBe("allowed");
  });

  test("as a boundary ends what others allow", async () => {
    await policy(statement("Allow", "*"));
    const iam = new IAMClient(admin);
    await iam.send(
      new PutUserPermissionsBoundaryCommand({
        UserName: "ann",
        PermissionsBoundary: "arn:aws:iam::aws:policy/AmazonSQSFullAccess",
      }),
    );
    expect(await denial(sendTo(ann))).toBe("allowed");
    expect(await denial(put(ann))).toMatchObject({
      message: `User: ${ANN} is not authorized to perform: dynamodb:PutItem on resource: ${TABLE} because no permissions boundary allows the dynamodb:PutItem action`,
    });
  });

  test("of another account's resource is needed beside one's own", async () => {
    const other = as("999999999999", "x");
    const message = `User: arn:aws:iam::999999999999:root is not authorized to perform: sqs:sendmessage on resource: ${QUEUE} because no resource-based policy allows the sqs:sendmessage action`;
    expect(await denial(sendTo(other))).toMatchObject({ message });
  });
});

describe("keys", () => {
  test("that are inactive or deleted are unknown from then on", async () => {
    const iam = new IAMClient(admin);
    await iam.send(new CreateUserCommand({ UserName: "bob" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "bob" }));
    const key = { UserName: "bob", AccessKeyId: AccessKey?.AccessKeyId };
    const bob = as(AccessKey?.AccessKeyId, AccessKey?.SecretAccessKey);
    const message = "The security token included in the request is invalid.";
    await iam.send(new UpdateAccessKeyCommand({ ...key, Status: "Inactive" }));
    expect(await denial(put(bob))).toEqual({ name: "UnrecognizedClientException", status: 400, message });
    expect(await denial(new IAMClient(bob).send(new ListUsersCommand()))).toEqual({
      name: "InvalidClientTokenId",
      status: 403,
      message,
    });
    await iam.send(new UpdateAccessKeyCommand({ ...key, Status: "Active" }));
    expect(await denial(put(bob))).toMatchObject({ name: "AccessDeniedException" });
    await iam.send(new DeleteAccessKeyCommand(key));
    expect(await denial(put(bob))).toMatchObject({ name: "UnrecognizedClientException" });
    expect(await denial(get(bob))).toMatchObject({ name: "InvalidAccessKeyId", status: 403 });
  });

  test("that were issued are worth nothing with another secret", async () => {
    const forged = as(ann.credentials.accessKeyId, "guessed");
    expect(await denial(put(forged))).toMatchObject({ name: "InvalidSignatureException", status: 400 });
  });

  test("of a session need its token and end with it, by the world's clock", async () => {
    await using own = await startCloud();
    const sts = new STSClient(own.clientConfig());
    const { Credentials } = await sts.send(new GetSessionTokenCommand({ DurationSeconds: 900 }));
    const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials ?? {};
    const session = {
      ...as(AccessKeyId, SecretAccessKey, SessionToken),
      requestHandler: own.clientConfig().requestHandler,
    };
    const bare = { ...as(AccessKeyId, SecretAccessKey), requestHandler: session.requestHandler };
    expect(await denial(new STSClient(session).send(new GetCallerIdentityCommand()))).toBe("allowed");
    expect(await denial(new STSClient(bare).send(new GetCallerIdentityCommand()))).toMatchObject({
      name: "InvalidClientTokenId",
    });
    await own.clock.advance("16 minutes");
    expect(await denial(new STSClient(session).send(new GetCallerIdentityCommand()))).toMatchObject({
      name: expect.stringMatching(/^ExpiredToken/) as string,
      message: "The security token included in the request is expired",
      status: 403,
    });
    expect(await denial(put(session))).toMatchObject({ name: "ExpiredTokenException", status: 400 });
    expect(await denial(get(session))).toMatchObject({
      name: "ExpiredToken",
      message: "The provided token has expired.",
      status: 400,
    });
  });
});

test("the trace has the statement that decided, for people to read", async () => {
  await denial(put(as("999999999999", "x")));
  await policy(statement("Deny", "dynamodb:PutItem"));
  await denial(put(ann));
  const denied = cloud.trace.spans().filter((span) => span.attributes["denied"] !== undefined);
  expect(denied.at(-1)).toMatchObject({ name: "dynamodb:PutItem", error: { code: "AccessDeniedException" } });
  expect(String(denied.at(-1)?.attributes["denied"])).toContain('"Effect":"Deny"');
});
