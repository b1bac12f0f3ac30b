// Lambda's CloudFormation types: made, changed in place, replaced, undone.

import { Lambda } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, ref, stacksOf, type Resources, type Stacks } from "../../../cloud/test-stacks.ts";
import { startLambdaCloud, type LambdaCloud } from "../engine/test-cloud.ts";

let at: LambdaCloud;
let stacks: Stacks;
let lambda: Lambda;

beforeAll(async () => {
  at = await startLambdaCloud("lambda-stack");
  stacks = stacksOf(at.cloud, { team: "a" });
  lambda = new Lambda({ ...at.cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const functionWith = (more: object): Resources => ({
  Count: {
    Type: "AWS::Lambda::Function",
    Properties: {
      Handler: "index.handler",
      Runtime: "nodejs24.x",
      Role: at.role,
      Code: { ZipFile: "exports.handler = async () => 1" },
      ...more,
    },
  },
});
const version = (Properties: object = {}): Resources[string] => ({
  Type: "AWS::Lambda::Version",
  Properties: { FunctionName: ref("Count"), ...Properties },
});

test("what a template no longer says of a function goes back to its default", async () => {
  const given = {
    Description: "counts",
    LoggingConfig: { LogFormat: "JSON", LogGroup: "/own" },
    // Node has no SnapStart.
    Runtime: "python3.13",
    SnapStart: { ApplyOn: "PublishedVersions" },
    VpcConfig: { SubnetIds: ["subnet-12345678"], SecurityGroupIds: ["sg-12345678"] },
  };
  const outputs = { Name: ref("Count"), SnapStart: attribute("Count", "SnapStartResponse.ApplyOn") };
  const { Name: FunctionName = "", SnapStart } = await stacks.deploy("dropped", functionWith(given), outputs);
  expect(SnapStart).toBe("PublishedVersions");
  expect(await stacks.deploy("dropped", functionWith({}), outputs)).toEqual({ Name: FunctionName, SnapStart: "None" });
  const answer = await lambda.getFunctionConfiguration({ FunctionName });
  expect(answer).toMatchObject({
    Description: "",
    LoggingConfig: { LogFormat: "Text", LogGroup: `/aws/lambda/${FunctionName}` },
    SnapStart: { ApplyOn: "None" },
  });
  expect(answer).not.toHaveProperty("VpcConfig");
});

test("a function whose reserved concurrency is refused is not left behind", async () => {
  const resources = functionWith({ FunctionName: "greedy", ReservedConcurrentExecutions: 950 });
  expect(await stacks.failure("greedy", resources)).toContain("below its minimum value of [100]");
  await expect(lambda.getFunction({ FunctionName: "greedy" })).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

test("a version that would be the last one again fails", async () => {
  const outputs = {
    First: ref("First"),
    Version: attribute("First", "Version"),
    Arn: attribute("First", "FunctionArn"),
  };
  const first = await stacks.deploy("versions", { ...functionWith({}), First: version() }, outputs);
  expect(first).toEqual({ First: expect.stringMatching(/:1$/), Version: "1", Arn: first["First"] });
  const again = { ...functionWith({}), First: version(), Second: version({ Description: "again" }) };
  expect(await stacks.failure("versions", again)).toMatch(
    /Resource handler returned message: "A version for this Lambda function exists \( 1 \)\. Modify the function to create a new version\." \(RequestToken: [-\w]+, HandlerErrorCode: AlreadyExists\)/,
  );
  const kept = await lambda.listVersionsByFunction({ FunctionName: first["First"]?.split(":")[6] ?? "" });
  expect(kept.Versions?.map(({ Version }) => Version)).toEqual(["$LATEST", "1"]);
  const changed = { ...functionWith({ Timeout: 9 }), First: version(), Second: version({ Description: "again" }) };
  expect(await stacks.deploy("versions", changed)).toMatchObject({ Second: expect.stringMatching(/:2$/) });
});

test("an alias or a version whose provisioned concurrency is refused is not left behind", async () => {
  const ProvisionedConcurrencyConfig = { ProvisionedConcurrentExecutions: 901 };
  const named = { FunctionName: ref("Count"), Name: "live", FunctionVersion: attribute("Version", "Version") };
  await stacks.failure("provisioned", {
    ...functionWith({ FunctionName: "provisioned" }),
    Version: { ...version(), DeletionPolicy: "Retain" },
    Count: {
      ...functionWith({ FunctionName: "provisioned" })["Count"],
      Type: "AWS::Lambda::Function",
      DeletionPolicy: "Retain",
    },
    Alias: { Type: "AWS::Lambda::Alias", Properties: { ...named, ProvisionedConcurrencyConfig } },
  });
  expect((await lambda.listAliases({ FunctionName: "provisioned" })).Aliases).toEqual([]);
});

test("a mapping's tags are the template's and the stack's, and change in place", async () => {
  const resources = (Tags: object[] | undefined): Resources => ({
    ...functionWith({}),
    Jobs: { Type: "AWS::SQS::Queue" },
    Poll: {
      Type: "AWS::Lambda::EventSourceMapping",
      Properties: { FunctionName: ref("Count"), EventSourceArn: attribute("Jobs", "Arn"), ...(Tags && { Tags }) },
    },
  });
  const outputs = { Arn: attribute("Poll", "EventSourceMappingArn") };
  const own = async (): Promise<object> =>
    Object.fromEntries(
      Object.entries((await lambda.listTags({ Resource })).Tags ?? {}).filter(([key]) => !key.startsWith("aws:")),
    );
  const { Arn: Resource = "" } = await stacks.deploy("polls", resources([{ Key: "a", Value: "1" }]), outputs);
  expect(await own()).toEqual({ team: "a", a: "1" });
  await stacks.deploy("polls", resources([{ Key: "a", Value: "2" }]), outputs);
  expect(await own()).toEqual({ team: "a", a: "2" });
  await stacks.deploy("polls", resources(undefined), outputs);
  expect(await own()).toEqual({ team: "a" });
});
