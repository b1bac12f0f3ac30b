// AWS::SSM::Parameter, deployed by CloudFormation and seen through the SDK client; who may read what.

import { IAM } from "@aws-sdk/client-iam";
import { SSM } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, ref, stacksOf, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let at: Stacks;
let ssm: SSM;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "ssm-stack" });
  at = stacksOf(cloud, { team: "a" });
  ssm = new SSM({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const deploy = (name: string, Properties: object) =>
  at.deploy(
    name,
    { Parameter: { Type: "AWS::SSM::Parameter", Properties } },
    { Ref: ref("Parameter"), Type: attribute("Parameter", "Type"), Value: attribute("Parameter", "Value") },
  );
const described = async (Name: string) =>
  (await ssm.describeParameters({ ParameterFilters: [{ Key: "Name", Values: [Name] }] })).Parameters?.[0];
const tags = async (ResourceId: string) =>
  (await ssm.listTagsForResource({ ResourceType: "Parameter", ResourceId })).TagList;

test("a parameter of a stack is made, changed in place and deleted", async () => {
  const made = await deploy("parameter", {
    Name: "/stack/a",
    Type: "String",
    Value: "1",
    Description: "first",
    AllowedPattern: "\\d+",
    Tier: "Advanced",
    DataType: "text",
    Tags: { own: "x", gone: "y" },
  });
  expect(made).toEqual({ Ref: "/stack/a", Type: "String", Value: "1" });
  expect(await described("/stack/a")).toMatchObject({ Description: "first", AllowedPattern: "\\d+", Tier: "Advanced" });
  expect(await tags("/stack/a")).toEqual([
    { Key: "team", Value: "a" },
    { Key: "own", Value: "x" },
    { Key: "gone", Value: "y" },
  ]);
  const changed = await deploy("parameter", {
    Name: "/stack/a",
    Type: "String",
    Value: "two",
    Tier: "Advanced",
    Tags: { own: "z" },
  });
  expect(changed).toEqual({ Ref: "/stack/a", Type: "String", Value: "two" });
  const after = await described("/stack/a");
  expect([after?.Version, after?.Description, after?.AllowedPattern]).toEqual([2, undefined, undefined]);
  expect(await tags("/stack/a")).toEqual(expect.arrayContaining([{ Key: "own", Value: "z" }]));
  expect(await tags("/stack/a")).toHaveLength(2);
  await at.destroy("parameter");
  expect(await described("/stack/a")).toBeUndefined();
});

test("a parameter without a name gets one", async () => {
  const { Ref = "" } = await deploy("unnamed", { Type: "StringList", Value: "a,b" });
  expect(Ref).toMatch(/^CFN-unnamed-Parameter-\w+$/);
  expect((await ssm.getParameter({ Name: Ref })).Parameter?.Value).toBe("a,b");
});

test("a path that may be read gives what is below it, and nothing beside it", async () => {
  for (const Name of ["/open/a", "/closed/a"]) await ssm.putParameter({ Name, Value: "1", Type: "String" });
  const iam = new IAM(cloud.clientConfig());
  await iam.createUser({ UserName: "reader" });
  const Statement = [
    { Effect: "Allow", Action: "ssm:GetParameter*", Resource: "arn:aws:ssm:us-east-1:000000000000:parameter/open*" },
  ];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.putUserPolicy({ UserName: "reader", PolicyName: "p", PolicyDocument });
  const { AccessKey } = await iam.createAccessKey({ UserName: "reader" });
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  const reader = new SSM({ ...cloud.clientConfig(), maxAttempts: 1, credentials });
  expect((await reader.getParameter({ Name: "/open/a" })).Parameter?.Value).toBe("1");
  expect((await reader.getParametersByPath({ Path: "/open" })).Parameters).toHaveLength(1);
  await expect(reader.getParameter({ Name: "/closed/a" })).rejects.toMatchObject({
    name: "AccessDeniedException",
    message:
      "User: arn:aws:iam::000000000000:user/reader is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:us-east-1:000000000000:parameter/closed/a because no identity-based policy allows the ssm:GetParameter action",
  });
  await expect(reader.getParameters({ Names: ["/open/a", "/closed/a"] })).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
});
