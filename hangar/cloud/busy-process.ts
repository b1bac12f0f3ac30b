// For the persistence tests: a process that checks what an earlier one was told is kept, then writes to every service until it is killed.

import { S3 } from "@aws-sdk/client-s3";
import { zipSync } from "fflate";
import { existsSync, readdirSync, readFileSync, writeSync } from "node:fs";
import { startCloud, type RunningCloud } from "../index.ts";
import { decodeRow, encodeRow } from "../kernel/row-json.ts";
import { expectSame, type Call, type Kept, type Tools } from "./busy-kept.ts";
import { uploads } from "./busy-uploads.ts";
import { blobsFolder } from "./persistence.ts";

const [, , directory = "", factsFile = "", round = "0", mode = "write"] = process.argv;

const DOCUMENT = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
});
const TEMPLATE = JSON.stringify({ Resources: { Topic: { Type: "AWS::SNS::Topic" } } });
const CODE = zipSync({ "index.js": Buffer.from("exports.handler = async () => 1;") });
const TABLE = {
  TableName: "orders",
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  BillingMode: "PAY_PER_REQUEST",
};
const queueUrl = (name: string): string => `http://127.0.0.1:4566/000000000000/${name}`;
const bodyOf = (name: string): string => `${name} `.repeat(name.endsWith("0") ? 20_000 : 200);

const kept: Readonly<Record<string, Kept>> = {
  dynamodb: {
    prepare: ({ call }) => call("dynamodb", "CreateTable", TABLE),
    write: (id, { call }) => call("dynamodb", "PutItem", { TableName: "orders", Item: { id: { S: id } } }),
    read: async (id, { call }) => {
      const { Item } = await call("dynamodb", "GetItem", { TableName: "orders", Key: { id: { S: id } } });
      if (Item === undefined) throw new Error("There is no such item.");
    },
  },
  "dynamodb deletes": {
    write: async (id, { call }) => {
      await call("dynamodb", "PutItem", { TableName: "orders", Item: { id: { S: `gone-${id}` } } });
      await call("dynamodb", "DeleteItem", { TableName: "orders", Key: { id: { S: `gone-${id}` } } });
    },
    read: async (id, { call }) => {
      const { Item } = await call("dynamodb", "GetItem", { TableName: "orders", Key: { id: { S: `gone-${id}` } } });
      expectSame(Item, undefined);
    },
  },
  s3: {
    prepare: ({ s3 }) => s3.createBucket({ Bucket: "kept" }),
    write: (Key, { s3 }) => s3.putObject({ Bucket: "kept", Key, Body: bodyOf(Key) }),
    read: async (Key, { s3 }) => {
      const { Body } = await s3.getObject({ Bucket: "kept", Key });
      expectSame(await Body?.transformToString(), bodyOf(Key));
    },
  },
  ...uploads,
  sqs: {
    write: async (QueueName, { call }) => {
      await call("sqs", "CreateQueue", { QueueName });
      await call("sqs", "SendMessage", { QueueUrl: queueUrl(QueueName), MessageBody: QueueName });
    },
    read: async (name, { call }) => {
      // Read again after the next kill: the receipt shall not hide it.
      const asked = { QueueUrl: queueUrl(name), VisibilityTimeout: 0 };
      const { Messages = [] } = (await call("sqs", "ReceiveMessage", asked)) as { Messages?: { Body?: string }[] };
      expectSame(Messages[0]?.Body, name);
    },
  },
  sns: {
    write: (Name, { call }) => call("sns", "CreateTopic", { Name }),
    read: (name, { call }) =>
      call("sns", "GetTopicAttributes", { TopicArn: `arn:aws:sns:us-east-1:000000000000:${name}` }),
  },
  events: {
    write: (Name, { call }) => call("events", "PutRule", { Name, ScheduleExpression: "rate(1 day)" }),
    read: (Name, { call }) => call("events", "DescribeRule", { Name }),
  },
  logs: {
    prepare: ({ call }) => call("logs", "CreateLogGroup", { logGroupName: "kept" }),
    write: async (name, { call, now }) => {
      await call("logs", "CreateLogStream", { logGroupName: "kept", logStreamName: name });
      const logEvents = [{ timestamp: now(), message: name }];
      await call("logs", "PutLogEvents", { logGroupName: "kept", logStreamName: name, logEvents });
    },
    read: async (name, { call }) => {
      const { events = [] } = (await call("logs", "GetLogEvents", { logGroupName: "kept", logStreamName: name })) as {
        events?: { message: string }[];
      };
      expectSame(events[0]?.message, name);
    },
  },
  iam: {
    write: (UserName, { call }) => call("iam", "CreateUser", { UserName }),
    read: (UserName, { call }) => call("iam", "GetUser", { UserName }),
  },
  kms: {
    write: async (name, { call }) => {
      const { KeyMetadata } = (await call("kms", "CreateKey", {})) as { KeyMetadata: { KeyId: string } };
      await call("kms", "CreateAlias", { AliasName: `alias/${name}`, TargetKeyId: KeyMetadata.KeyId });
    },
    read: async (name, { call }) => {
      const KeyId = `alias/${name}`;
      const { CiphertextBlob } = await call("kms", "Encrypt", { KeyId, Plaintext: Buffer.from(name) });
      const { Plaintext } = await call("kms", "Decrypt", { CiphertextBlob });
      expectSame(Buffer.from(Plaintext as Uint8Array).toString(), name);
    },
  },
  secretsmanager: {
    write: (Name, { call }) =>
      call("secretsmanager", "CreateSecret", {
        Name,
        SecretString: Name,
        ClientRequestToken: `${Name}-`.padEnd(40, "x"),
      }),
    read: async (SecretId, { call }) =>
      expectSame((await call("secretsmanager", "GetSecretValue", { SecretId }))["SecretString"], SecretId),
  },
  ssm: {
    write: (Name, { call }) => call("ssm", "PutParameter", { Name: `/kept/${Name}`, Value: Name, Type: "String" }),
    read: async (Name, { call }) => {
      const { Parameter } = (await call("ssm", "GetParameter", { Name: `/kept/${Name}` })) as {
        Parameter: { Value: string };
      };
      expectSame(Parameter.Value, Name);
    },
  },
  lambda: {
    prepare: async ({ call }) => {
      const AssumeRolePolicyDocument = JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
      });
      await call("iam", "CreateRole", { RoleName: "function", AssumeRolePolicyDocument });
    },
    write: (FunctionName, { call }) =>
      call("lambda", "CreateFunction", {
        FunctionName,
        Role: "arn:aws:iam::000000000000:role/function",
        Runtime: "nodejs22.x",
        Handler: "index.handler",
        Code: { ZipFile: CODE },
        Description: FunctionName,
      }),
    read: async (FunctionName, { call }) => {
      const { Configuration } = (await call("lambda", "GetFunction", { FunctionName })) as {
        Configuration: { Description: string; CodeSize: number };
      };
      expectSame(Configuration.Description, FunctionName);
      expectSame(Configuration.CodeSize, CODE.length);
    },
  },
  apigateway: {
    write: async (name, { call }) => {
      const { id } = await call("apigateway", "CreateRestApi", { name });
      return id;
    },
    read: async (name, { call }) => {
      const { items = [] } = (await call("apigateway", "GetRestApis", { limit: 500 })) as {
        items?: { name: string }[];
      };
      if (!items.some((api) => api.name === name)) throw new Error("There is no such API.");
    },
  },
  cloudformation: {
    write: (StackName, { call }) => call("cloudformation", "CreateStack", { StackName, TemplateBody: TEMPLATE }),
    read: async (StackName, { call }) => {
      const { Stacks } = (await call("cloudformation", "DescribeStacks", { StackName })) as {
        Stacks: { StackStatus: string }[];
      };
      const status = Stacks[0]?.StackStatus ?? "";
      if (!(mode === "check" ? ["CREATE_COMPLETE"] : ["CREATE_COMPLETE", "CREATE_IN_PROGRESS"]).includes(status))
        throw new Error(`It is ${status}.`);
    },
  },
  ecr: {
    write: (repositoryName, { call }) => call("ecr", "CreateRepository", { repositoryName }),
    read: (name, { call }) => call("ecr", "DescribeRepositories", { repositoryNames: [name] }),
  },
  "iam policies": {
    write: (PolicyName, { call }) => call("iam", "CreatePolicy", { PolicyName, PolicyDocument: DOCUMENT }),
    read: (name, { call }) => call("iam", "GetPolicy", { PolicyArn: `arn:aws:iam::000000000000:policy/${name}` }),
  },
};

function callerOf(cloud: RunningCloud): Call {
  return async (service, operation, input) => {
    const response = await fetch(`${cloud.endpoint}/_hangar/call`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: encodeRow({ service, operation, input }),
    });
    const answer = decodeRow(await response.text()) as Readonly<Record<string, unknown>>;
    if (!response.ok)
      throw new Error(`${service}:${operation}: ${String(answer["code"])} ${String(answer["message"])}`);
    return answer;
  };
}

/** Facts are lines of `service<tab>name`. */
async function check(tools: Tools): Promise<void> {
  const facts = readFileSync(factsFile, "utf8").split("\n").slice(0, -1);
  for (const fact of facts) {
    const [service = "", name = ""] = fact.split("\t");
    const one = kept[service];
    if (one === undefined) throw new Error(`Nobody wrote "${fact}".`);
    await one.read(name, tools).catch((error: unknown) => {
      throw new Error(`LOST ${service} ${name}: ${(error as Error).message}`, { cause: error });
    });
  }
}

async function writeOn(service: string, { write }: Kept, tools: Tools): Promise<never> {
  for (let count = 0; ; count += 1) {
    const name = `${service.replaceAll(" ", "-")}-${round}-${count}`;
    await write(name, tools);
    writeSync(1, `${service}\t${name}\n`);
  }
}

const cloud = await startCloud({ directory });
const halves = existsSync(blobsFolder(directory))
  ? readdirSync(blobsFolder(directory)).filter((name) => name.startsWith("incoming"))
  : [];
if (halves.length > 0) throw new Error(`Half bodies are left: ${halves.join()}.`);
const isLast = mode === "check";
const tools: Tools = { call: callerOf(cloud), s3: new S3(cloud.clientConfig()), now: cloud.clock.now, isLast };
if (isLast) await cloud.settle();
await check(tools);
if (isLast) {
  if (cloud.bugs.length > 0)
    throw new Error(`Bugs: ${JSON.stringify(cloud.bugs.map(({ where, error }) => [where, String(error)]))}`);
  await cloud.close();
} else {
  // What is there already refuses to be made again.
  for (const { prepare } of Object.values(kept)) await prepare?.(tools).catch(() => undefined);
  writeSync(1, "READY\n");
  await Promise.all(Object.entries(kept).map(([service, each]) => writeOn(service, each, tools)));
}
