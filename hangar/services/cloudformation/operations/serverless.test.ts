// Serverless templates from end to end: deployed with AWS's clients and by way of the CDK, called, updated, refused.

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateChangeSetCommand,
  CreateStackCommand,
  DescribeChangeSetCommand,
  DescribeStackResourcesCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  ListStackResourcesCommand,
  ValidateTemplateCommand,
} from "@aws-sdk/client-cloudformation";
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { Lambda } from "@aws-sdk/client-lambda";
import { S3 } from "@aws-sdk/client-s3";
import { SQS } from "@aws-sdk/client-sqs";
import { App, CfnOutput, Stack } from "aws-cdk-lib";
import { CfnFunction } from "aws-cdk-lib/aws-sam";
import { CfnInclude } from "aws-cdk-lib/cloudformation-include";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  create,
  outputsOf,
  refusal,
  remove,
  settled,
  startStackCloud,
  update,
  type StackCloud,
} from "../workers/test-cloud.ts";

const SAM = "AWS::Serverless-2016-10-31";
const ALL = ["CAPABILITY_IAM" as const, "CAPABILITY_AUTO_EXPAND" as const];
const acknowledged = { Capabilities: ALL };

let at: StackCloud;

beforeAll(async () => {
  at = await startStackCloud({ seed: "serverless" });
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

/** Answers where it was called from, or notes in the table what woke it. */
const CODE = `
const { DynamoDBClient, PutItemCommand } = require("@aws-sdk/client-dynamodb");
exports.handler = async (event) => {
  if (event.requestContext) return { statusCode: 200, body: process.env.GREETING + " " + (event.routeKey ?? event.resource) };
  const source = event.Records?.[0]?.eventSource ?? event.source ?? "unknown";
  await new DynamoDBClient().send(new PutItemCommand({ TableName: process.env.TABLE, Item: { id: { S: source } } }));
};`;

const app = {
  Transform: SAM,
  Globals: {
    Function: {
      Runtime: "nodejs24.x",
      Handler: "index.handler",
      Environment: { Variables: { TABLE: { Ref: "Seen" } } },
    },
  },
  Resources: {
    Worker: {
      Type: "AWS::Serverless::Function",
      Properties: {
        InlineCode: CODE,
        Environment: { Variables: { GREETING: "hello from" } },
        Policies: [{ DynamoDBCrudPolicy: { TableName: { Ref: "Seen" } } }],
        Events: {
          Rest: { Type: "Api", Properties: { Path: "/orders/{id}", Method: "get" } },
          Http: { Type: "HttpApi", Properties: { Path: "/items/{id}", Method: "get" } },
          Work: { Type: "SQS", Properties: { Queue: { "Fn::GetAtt": ["Queue", "Arn"] }, BatchSize: 1 } },
          Upload: { Type: "S3", Properties: { Bucket: { Ref: "Bucket" }, Events: "s3:ObjectCreated:*" } },
          Tick: { Type: "Schedule", Properties: { Schedule: "rate(5 minutes)" } },
        },
      },
    },
    Seen: { Type: "AWS::Serverless::SimpleTable" },
    Queue: { Type: "AWS::SQS::Queue" },
    Bucket: { Type: "AWS::S3::Bucket", Properties: { BucketName: "serverless-uploads" } },
  },
  Outputs: {
    Rest: { Value: { "Fn::Sub": "https://${ServerlessRestApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}/Prod" } },
    Http: { Value: { "Fn::Sub": "https://${ServerlessHttpApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}" } },
    Queue: { Value: { Ref: "Queue" } },
    Seen: { Value: { Ref: "Seen" } },
    Role: { Value: { "Fn::GetAtt": ["WorkerRole", "Arn"] } },
  },
};

test("a function answers its implicit APIs, and its queue, bucket and schedule wake it", async () => {
  const { cloud } = at;
  const stack = await create(at, "serverless-app", app, acknowledged);
  expect(stack.StackStatus, stack.StackStatusReason).toBe("CREATE_COMPLETE");
  const { Rest, Http, Queue = "", Seen = "", Role } = outputsOf(stack);
  expect(Role).toMatch(/^arn:aws:iam::000000000000:role\/serverless-app-WorkerRole-/);
  expect(await (await fetch(`${Rest}/orders/1`)).text()).toBe("hello from /orders/{id}");
  expect(await (await fetch(`${Http}/items/1`)).text()).toBe("hello from GET /items/{id}");
  await new SQS(cloud.clientConfig()).sendMessage({ QueueUrl: Queue, MessageBody: "work" });
  await new S3(cloud.clientConfig()).putObject({ Bucket: "serverless-uploads", Key: "a", Body: "x" });
  await cloud.clock.advance("6 minutes");
  await cloud.settle();
  const { Items = [] } = await new DynamoDB(cloud.clientConfig()).scan({ TableName: Seen });
  expect(new Set(Items.map((item) => item["id"]?.S))).toEqual(new Set(["aws:sqs", "aws:s3", "aws.events"]));
});

test("a stack's resources have SAM's logical ids; GetTemplate gives both stages", async () => {
  const { StackResources = [] } = await at.cfn.send(new DescribeStackResourcesCommand({ StackName: "serverless-app" }));
  const ids = StackResources.map((resource) => resource.LogicalResourceId ?? "");
  expect(ids).toEqual(
    expect.arrayContaining([
      "Worker",
      "WorkerRole",
      "WorkerRestPermissionProd",
      "WorkerHttpPermission",
      "WorkerWork",
      "WorkerUploadPermission",
      "WorkerTick",
      "WorkerTickPermission",
      "ServerlessRestApi",
      "ServerlessRestApiProdStage",
      "ServerlessHttpApi",
      "ServerlessHttpApiApiGatewayDefaultStage",
    ]),
  );
  expect(ids.filter((id) => /^ServerlessRestApiDeployment[0-9a-f]{10}$/.test(id))).toHaveLength(1);
  const body = async (TemplateStage: "Original" | "Processed"): Promise<string> =>
    (await at.cfn.send(new GetTemplateCommand({ StackName: "serverless-app", TemplateStage }))).TemplateBody ?? "";
  expect(JSON.parse(await body("Original"))).toEqual(app);
  const processed = JSON.parse(await body("Processed")) as Record<string, Record<string, { readonly Type: string }>>;
  expect(processed["Transform"]).toBeUndefined();
  expect(processed["Resources"]?.["Worker"]?.Type).toBe("AWS::Lambda::Function");
});

const versioned = (code: string, alias = "live"): object => ({
  Transform: SAM,
  Parameters: { Alias: { Type: "String", Default: alias } },
  Resources: {
    Fn: {
      Type: "AWS::Serverless::Function",
      Properties: {
        Runtime: "nodejs24.x",
        Handler: "index.handler",
        InlineCode: code,
        AutoPublishAlias: { Ref: "Alias" },
      },
    },
  },
  Outputs: {
    Alias: { Value: { Ref: "Fn.Alias" } },
    Version: { Value: { "Fn::GetAtt": ["Fn.Version", "Version"] } },
  },
});

test("another code is another version behind the alias; the same template is no update", async () => {
  const code = (answer: number): string => `exports.handler = async () => ${answer};`;
  const first = await create(at, "versions", versioned(code(1)), acknowledged);
  const { Alias = "" } = outputsOf(first);
  expect(outputsOf(first)).toMatchObject({ Alias: expect.stringMatching(/:live$/) as unknown, Version: "1" });
  const lambda = new Lambda(at.cloud.clientConfig());
  const answer = async (): Promise<string> =>
    Buffer.from((await lambda.invoke({ FunctionName: Alias })).Payload ?? []).toString();
  expect(await answer()).toBe("1");
  expect(await refusal(update(at, "versions", versioned(code(1)), acknowledged))).toBe(
    "ValidationError 400 No updates are to be performed.",
  );
  expect(outputsOf(await update(at, "versions", versioned(code(2)), acknowledged))["Version"]).toBe("2");
  expect(await answer()).toBe("2");
  const renamed = { ...acknowledged, Parameters: [{ ParameterKey: "Alias", ParameterValue: "blue" }] };
  expect(outputsOf(await update(at, "versions", undefined, renamed))["Alias"]).toMatch(/:blue$/);
  await remove(at, "versions");
});

const plain = (properties: object = {}, more: object = {}): object => ({
  Transform: SAM,
  Resources: {
    Fn: {
      Type: "AWS::Serverless::Function",
      Properties: { Runtime: "nodejs24.x", Handler: "index.handler", InlineCode: "x", ...properties },
    },
    ...more,
  },
});

const createStack = (name: string, template: object, Capabilities: CreateStackCommand["input"]["Capabilities"] = ALL) =>
  at.cfn.send(new CreateStackCommand({ StackName: name, TemplateBody: JSON.stringify(template), Capabilities }));

describe("what SAM or CloudFormation refuses", () => {
  test("a stack without CAPABILITY_AUTO_EXPAND", async () => {
    expect(await refusal(createStack("no", plain(), ["CAPABILITY_IAM"]))).toBe(
      "InsufficientCapabilitiesException 400 Requires capabilities : [CAPABILITY_AUTO_EXPAND]",
    );
    expect(await refusal(createStack("no", plain(), ["CAPABILITY_AUTO_EXPAND"]))).toBe(
      "InsufficientCapabilitiesException 400 Requires capabilities : [CAPABILITY_IAM]",
    );
  });

  test("all that is wrong is told at once", async () => {
    const broken = plain(
      { Handler: undefined },
      { Other: { Type: "AWS::Serverless::Function", Properties: { Nonsense: 1 } } },
    );
    expect(await refusal(createStack("no", broken))).toBe(
      `ValidationError 400 Transform ${SAM} failed with: Invalid Serverless Application Specification document. ` +
        "Number of errors found: 2. Resource with id [Fn] is invalid. Runtime and Handler needs to be present when PackageType is of type `Zip` " +
        "Resource with id [Other] is invalid. property Nonsense not defined for resource of type AWS::Serverless::Function",
    );
  });

  test.each([
    ["AWS::Serverless::Application", plain({}, { App: { Type: "AWS::Serverless::Application", Properties: {} } })],
    [
      "DeploymentPreference",
      plain({ AutoPublishAlias: "live", DeploymentPreference: { Type: "Linear10PercentEvery1Minute" } }),
    ],
    ["the event MSK", plain({ Events: { Kafka: { Type: "MSK", Properties: {} } } })],
  ])("%s is not emulated, and said so", async (name, template) => {
    expect(await refusal(createStack("no", template))).toMatch(new RegExp(`^NotEmulated 501 .*${name}`));
  });
});

async function changeSet(name: string, template: object, Capabilities?: CreateStackCommand["input"]["Capabilities"]) {
  const input = { StackName: name, ChangeSetName: name, TemplateBody: JSON.stringify(template) };
  await at.cfn.send(new CreateChangeSetCommand({ ...input, ChangeSetType: "CREATE", Capabilities }));
  return at.cfn.send(new DescribeChangeSetCommand({ StackName: name, ChangeSetName: name }));
}

describe("a change set", () => {
  test("shows what the transform made, needs no CAPABILITY_AUTO_EXPAND, and is deployed as it was shown", async () => {
    const shown = await changeSet("reviewed", plain(), ["CAPABILITY_IAM"]);
    const ids = shown.Changes?.map((change) => change.ResourceChange?.LogicalResourceId);
    expect(new Set(ids)).toEqual(new Set(["Fn", "FnRole"]));
    await at.cfn.send(new ExecuteChangeSetCommand({ StackName: "reviewed", ChangeSetName: "reviewed" }));
    expect((await settled(at, "reviewed")).StackStatus).toBe("CREATE_COMPLETE");
    await remove(at, "reviewed");
  });

  test("fails with what SAM says, and for want of capabilities", async () => {
    expect(await changeSet("failed", plain({ Runtime: undefined }), ["CAPABILITY_IAM"])).toMatchObject({
      Status: "FAILED",
      StatusReason: expect.stringMatching(
        /^Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless /,
      ) as unknown,
    });
    expect(await changeSet("incapable", plain())).toMatchObject({
      Status: "FAILED",
      StatusReason: "Requires capabilities : [CAPABILITY_IAM]",
    });
  });
});

test("transforms are applied in the order of the list: Fn::ForEach makes functions, SAM their roles", async () => {
  const Properties = {
    Runtime: "nodejs24.x",
    Handler: "index.handler",
    InlineCode: "x",
    FunctionName: { "Fn::Sub": "fn-${Name}" },
  };
  const template = {
    Transform: ["AWS::LanguageExtensions", SAM],
    Resources: {
      "Fn::ForEach::Functions": [
        "Name",
        ["A", "B"],
        { "Fn${Name}": { Type: "AWS::Serverless::Function", Properties } },
      ],
    },
  };
  const stack = await create(at, "extended", template, acknowledged);
  expect(stack.StackStatus, stack.StackStatusReason).toBe("CREATE_COMPLETE");
  const { StackResources = [] } = await at.cfn.send(new DescribeStackResourcesCommand({ StackName: "extended" }));
  expect(new Set(StackResources.map((each) => each.LogicalResourceId))).toEqual(
    new Set(["FnA", "FnARole", "FnB", "FnBRole"]),
  );
});

test("ValidateTemplate names the transform and does not apply it", async () => {
  const answer = await at.cfn.send(new ValidateTemplateCommand({ TemplateBody: JSON.stringify(app) }));
  expect(answer).toMatchObject({ DeclaredTransforms: [SAM], Capabilities: ["CAPABILITY_AUTO_EXPAND"] });
});

test("the CDK's CfnFunction of aws-sam, and CfnInclude of a SAM template, deploy with the others", async () => {
  const folder = mkdtempSync(join(tmpdir(), "serverless-"));
  const file = join(folder, "template.json");
  writeFileSync(
    file,
    JSON.stringify(plain({ FunctionName: "included", InlineCode: "exports.handler = async () => 1;" })),
  );
  const cdk = new App({ outdir: join(folder, "cdk.out"), analyticsReporting: false });
  const stack = new Stack(cdk, "FromCdk", { env: { account: "000000000000", region: "us-east-1" } });
  const made = new CfnFunction(stack, "Made", {
    runtime: "nodejs24.x",
    handler: "index.handler",
    inlineCode: 'exports.handler = async () => "made";',
    events: { Get: { type: "Api", properties: { path: "/made", method: "get" } } },
  });
  new CfnOutput(stack, "Name", { value: made.ref });
  new CfnInclude(new Stack(cdk, "Included"), "Template", { templateFile: file });
  cdk.synth();
  const [first] = await at.cloud.deploy(join(folder, "cdk.out"));
  const lambda = new Lambda(at.cloud.clientConfig());
  const answer = async (FunctionName = ""): Promise<string> =>
    Buffer.from((await lambda.invoke({ FunctionName })).Payload ?? []).toString();
  expect(await answer(first?.outputs["Name"])).toBe('"made"');
  expect(await answer("included")).toBe("1");
  const { StackResourceSummaries = [] } = await at.cfn.send(new ListStackResourcesCommand({ StackName: "FromCdk" }));
  expect(StackResourceSummaries.map((each) => each.ResourceType)).toContain("AWS::ApiGateway::RestApi");
});
