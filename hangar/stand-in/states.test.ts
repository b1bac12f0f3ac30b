// Stacks, functions and tables that take their time, on the world's clock; and how long CloudFormation waits for IAM.

import { CloudFormation, waitUntilStackCreateComplete } from "@aws-sdk/client-cloudformation";
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { IAM } from "@aws-sdk/client-iam";
import { Lambda } from "@aws-sdk/client-lambda";
import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { startCloud, type StartSettings } from "../index.ts";

const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};
const code = "exports.handler = async () => 'done'";

const template = JSON.stringify({
  Resources: {
    Role: { Type: "AWS::IAM::Role", Properties: { AssumeRolePolicyDocument: trust } },
    Jobs: {
      Type: "AWS::Lambda::Function",
      Properties: {
        Role: { "Fn::GetAtt": ["Role", "Arn"] },
        Runtime: "nodejs22.x",
        Handler: "index.handler",
        Code: { ZipFile: code },
      },
    },
  },
});

async function held(settings: StartSettings) {
  const cloud = await startCloud({ listen: false, seed: "states", ...settings });
  cloud.clock.hold();
  return cloud;
}

test("a stack takes as long as its resources, one after another as they depend on each other", async () => {
  await using cloud = await held({ stateTimes: true });
  const stacks = new CloudFormation(cloud.clientConfig());
  const status = async (): Promise<string | undefined> =>
    (await stacks.describeStacks({ StackName: "App" })).Stacks?.[0]?.StackStatus;
  await stacks.createStack({ StackName: "App", TemplateBody: template, Capabilities: ["CAPABILITY_IAM"] });
  await cloud.clock.advance("17 seconds");
  const { StackResources } = await stacks.describeStackResources({ StackName: "App" });
  expect(StackResources?.map(({ LogicalResourceId, ResourceStatus }) => [LogicalResourceId, ResourceStatus])).toEqual([
    ["Jobs", "CREATE_IN_PROGRESS"],
    ["Role", "CREATE_COMPLETE"],
  ]);
  expect(await status()).toBe("CREATE_IN_PROGRESS");
  await cloud.clock.advance("6 seconds");
  expect(await status()).toBe("CREATE_COMPLETE");
  await stacks.deleteStack({ StackName: "App" });
  await cloud.clock.advance("5 seconds");
  expect(await status()).toBe("DELETE_IN_PROGRESS");
  await cloud.clock.advance("5 seconds");
  await expect(status()).rejects.toThrow("Stack with id App does not exist");
});

test("CloudFormation waits until what it made in IAM is in force", async () => {
  await using cloud = await startCloud({ listen: false, seed: "states", consistency: 800 });
  const client = new CloudFormation(cloud.clientConfig());
  await client.createStack({ StackName: "App", TemplateBody: template, Capabilities: ["CAPABILITY_IAM"] });
  await waitUntilStackCreateComplete({ client, maxWaitTime: 20, minDelay: 1, maxDelay: 1 }, { StackName: "App" });
});

test("a function is Pending, then Active; changed, and then may be changed again", async () => {
  await using cloud = await held({ stateTimes: true });
  const lambda = new Lambda({ ...cloud.clientConfig(), maxAttempts: 1 });
  const { Role } = await new IAM(cloud.clientConfig()).createRole({
    RoleName: "worker",
    AssumeRolePolicyDocument: JSON.stringify(trust),
  });
  const FunctionName = "jobs";
  const ZipFile = zipSync({ "index.js": Buffer.from(code) });
  const Code = { ZipFile };
  const { State } = await lambda.createFunction({
    FunctionName,
    Role: Role?.Arn,
    Runtime: "nodejs22.x",
    Handler: "index.handler",
    Code,
  });
  expect(State).toBe("Pending");
  const state = async (): Promise<unknown> => {
    const one = await lambda.getFunctionConfiguration({ FunctionName });
    const { Configuration } = await lambda.getFunction({ FunctionName: String(one.FunctionArn) });
    expect(Configuration?.LastUpdateStatus).toBe(one.LastUpdateStatus);
    return [one.State, one.LastUpdateStatus];
  };
  expect(await state()).toEqual(["Pending", undefined]);
  const pending = "The function is currently in the following state: Pending";
  await expect(lambda.invoke({ FunctionName })).rejects.toMatchObject({
    name: "ResourceConflictException",
    message: `The operation cannot be performed at this time. ${pending}`,
    $metadata: { httpStatusCode: 409 },
  });
  await cloud.clock.advance("3 seconds");
  expect(await state()).toEqual(["Active", "Successful"]);
  await lambda.updateFunctionConfiguration({ FunctionName, Description: "first" });
  expect(await state()).toEqual(["Active", "InProgress"]);
  await expect(lambda.updateFunctionCode({ FunctionName, ZipFile })).rejects.toThrow(
    `An update is in progress for resource: arn:aws:lambda:us-east-1:${cloud.account}:function:jobs`,
  );
  await cloud.clock.advance("4 seconds");
  await lambda.updateFunctionCode({ FunctionName, ZipFile });
});

test("a table is CREATING", async () => {
  await using cloud = await held({ stateTimes: true });
  const { TableDescription } = await new DynamoDB(cloud.clientConfig()).createTable({
    TableName: "orders",
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    BillingMode: "PAY_PER_REQUEST",
  });
  expect(TableDescription?.TableStatus).toBe("CREATING");
});

test("without these options there is nothing of it in a service", async () => {
  await using cloud = await startCloud({ listen: false });
  const { service } = await import("../services/iam/service.ts");
  const { openCloud } = await import("../gateway/open-cloud.ts");
  const opened = await openCloud({ listen: false });
  expect(await opened.cloud.load("iam")).toBe(service);
  await opened.close();
  expect(cloud.bugs).toEqual([]);
});
