// The policy that `hangar access report` proposes, put in the place of a role's own: what the suite did still works, all else is denied.

import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { IAM } from "@aws-sdk/client-iam";
import { Lambda } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud } from "../index.ts";
import { folderWith } from "./test-process.ts";

const HANDLER = `
const { randomUUID } = require("node:crypto");
const { DynamoDBClient, PutItemCommand, QueryCommand, ScanCommand } = require("@aws-sdk/client-dynamodb");
const { S3Client, PutObjectCommand, GetObjectCommand, DeleteObjectCommand } = require("@aws-sdk/client-s3");
const { TABLE: TableName, BUCKET: Bucket } = process.env;
const id = { S: "1" };
exports.handler = async ({ scan, reaches }) => {
  const dynamodb = new DynamoDBClient();
  if (scan) return (await dynamodb.send(new ScanCommand({ TableName }))).Count;
  const s3 = new S3Client();
  if (reaches) return (await s3.send(new PutObjectCommand({ Bucket, Key: reaches, Body: "x" }))).ETag;
  await dynamodb.send(new PutItemCommand({ TableName, Item: { id, day: { S: "monday" } } }));
  await dynamodb.send(new QueryCommand({
    TableName, IndexName: "byDay", KeyConditionExpression: "#d = :d",
    ExpressionAttributeNames: { "#d": "day" }, ExpressionAttributeValues: { ":d": { S: "monday" } },
  }));
  const Key = "made/" + randomUUID() + "/page";
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: "x" }));
  await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body.transformToString();
  await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  return "done";
};
exports.watch = async () => "seen";`;

const getAtt = (name: string, attribute = "Arn") => ({ "Fn::GetAtt": [name, attribute] });
const concatenated = (arn: object, rest: string) => ({ "Fn::Join": ["", [arn, rest]] });

function role(RoleName: string, statements: readonly (readonly [readonly string[], ...object[]])[]): object {
  const Statement = statements.map(([Action, ...Resource]) => ({ Effect: "Allow", Action, Resource }));
  const Principal = { Service: "lambda.amazonaws.com" };
  return {
    Type: "AWS::IAM::Role",
    Properties: {
      RoleName,
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }],
      },
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"],
      Policies: [{ PolicyName: "own", PolicyDocument: { Version: "2012-10-17", Statement } }],
    },
  };
}

function handler(FunctionName: string, Handler: string): object {
  const Variables = { TABLE: { Ref: "Table" }, BUCKET: { Ref: "Bucket" } };
  return {
    Type: "AWS::Lambda::Function",
    Properties: {
      FunctionName,
      Handler,
      Runtime: "nodejs22.x",
      Timeout: 20,
      Role: getAtt(`${FunctionName}Role`),
      Code: { ZipFile: HANDLER },
      Environment: { Variables },
    },
  };
}

const text = (AttributeName: string) => ({ AttributeName, AttributeType: "S" });
const hash = (AttributeName: string) => [{ AttributeName, KeyType: "HASH" }];
const encrypted = { SSEAlgorithm: "aws:kms", KMSMasterKeyID: getAtt("Key") };
const objects = concatenated(getAtt("Bucket"), "/made/*");
const template = {
  Resources: {
    Key: {
      Type: "AWS::KMS::Key",
      Properties: {
        KeyPolicy: {
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Principal: { AWS: { Ref: "AWS::AccountId" } }, Action: "kms:*", Resource: "*" },
          ],
        },
      },
    },
    Bucket: {
      Type: "AWS::S3::Bucket",
      Properties: {
        BucketName: "pages",
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: encrypted }],
        },
      },
    },
    Table: {
      Type: "AWS::DynamoDB::Table",
      Properties: {
        TableName: "days",
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [text("id"), text("day")],
        KeySchema: hash("id"),
        GlobalSecondaryIndexes: [
          { IndexName: "byDay", KeySchema: hash("day"), Projection: { ProjectionType: "ALL" } },
          { IndexName: "byDay2", KeySchema: hash("day"), Projection: { ProjectionType: "ALL" } },
        ],
        StreamSpecification: { StreamViewType: "NEW_IMAGE" },
      },
    },
    writerRole: role("writer", [
      [
        ["dynamodb:PutItem", "dynamodb:Query", "dynamodb:Scan"],
        getAtt("Table"),
        concatenated(getAtt("Table"), "/index/*"),
      ],
      [["s3:PutObject*", "s3:GetObject*", "s3:DeleteObject*"], objects, concatenated(getAtt("Bucket"), "/kept/*")],
      [["kms:Decrypt", "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"], getAtt("Key")],
    ]),
    writer: handler("writer", "index.handler"),
    watcherRole: role("watcher", [
      [["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"], getAtt("Table", "StreamArn")],
    ]),
    watcher: handler("watcher", "index.watch"),
    Watching: {
      Type: "AWS::Lambda::EventSourceMapping",
      DependsOn: ["watcherRole"],
      Properties: {
        FunctionName: { Ref: "watcher" },
        EventSourceArn: getAtt("Table", "StreamArn"),
        StartingPosition: "LATEST",
      },
    },
  },
};
const manifest = {
  version: "48.0.0",
  artifacts: {
    Small: {
      type: "aws:cloudformation:stack",
      environment: "aws://unknown-account/unknown-region",
      properties: { templateFile: "Small.template.json" },
    },
  },
};
const suite = `
import { createRequire } from "node:module";
import { expect, test } from "vitest";
const { Lambda } = createRequire(import.meta.url)("@aws-sdk/client-lambda");
test("the function does its work in a fork", async () => {
  const base = process.env.AWS_ENDPOINT_URL;
  const fork = await fetch(base + "/_hangar/forks", { method: "POST", body: "{}" }).then((answer) => answer.json());
  const { Payload } = await new Lambda({ endpoint: fork.endpoint }).invoke({ FunctionName: "writer", Payload: "{}" });
  expect(Payload.transformToString()).toBe('"done"');
  await fetch(base + "/_hangar/forks/" + fork.name, { method: "DELETE" });
}, 20_000);`;

const KEY = /arn:aws:kms:[^"]*/;

type Report = { readonly role: string; readonly cdk: string; readonly leastPrivilege: object };

const folder = folderWith({
  "one/manifest.json": JSON.stringify(manifest),
  "one/Small.template.json": JSON.stringify(template),
  "suite.test.mjs": suite,
  "vitest.config.mjs": 'export default { test: { include: ["suite.test.mjs"] } };',
});
let reports: readonly Report[];

beforeAll(async () => {
  symlinkSync(fileURLToPath(new URL("../../node_modules", import.meta.url)), join(folder.path, "node_modules"));
  const ran = await folder.hangar("test", "--app", "one", "--config", "vitest.config.mjs");
  expect(ran).toMatchObject({ code: 0 });
  const { stdout } = await folder.hangar("access", "report", "--json");
  reports = (JSON.parse(stdout) as { roles: readonly Report[] }).roles;
});
afterAll(() => folder.remove());

test("a role with that policy alone can do what the suite did, and nothing else that it was granted", async () => {
  await using cloud = await startCloud();
  await cloud.deploy(join(folder.path, "one"));
  await using world = cloud.fork();
  const iam = new IAM(world.clientConfig());
  const proposed = JSON.stringify(reports.find(({ role: name }) => name === "writer")?.leastPrivilege);
  // A key has another name in each deployment.
  const granted = await iam.getRolePolicy({ RoleName: "writer", PolicyName: "own" });
  const [key = ""] = KEY.exec(decodeURIComponent(granted.PolicyDocument ?? "")) ?? [];
  const PolicyDocument = proposed.replace(KEY, key);
  await iam.detachRolePolicy({
    RoleName: "writer",
    PolicyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
  });
  await iam.putRolePolicy({ RoleName: "writer", PolicyName: "own", PolicyDocument });
  const lambda = new Lambda(world.clientConfig());
  const invoke = async (payload: object): Promise<unknown> => {
    const { Payload } = await lambda.invoke({ FunctionName: "writer", Payload: JSON.stringify(payload) });
    return JSON.parse(Payload?.transformToString() ?? "null");
  };
  expect(await invoke({})).toBe("done");
  expect(await invoke({ scan: true })).toMatchObject({ errorMessage: expect.stringContaining("dynamodb:Scan") });
  expect(await invoke({ reaches: "kept/1" })).toMatchObject({ errorMessage: expect.stringContaining("s3:PutObject") });
});

test("its code names the table's stream by reference: AWS names it anew in each deployment", () => {
  const { cdk = "" } = reports.find(({ role: name }) => name === "watcher") ?? {};
  expect(cdk).toContain('resources: [cdk.Fn.getAtt("Table", "StreamArn").toString()]');
});
