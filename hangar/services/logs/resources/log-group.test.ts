// CloudWatch Logs' CloudFormation types: deployed, changed in place, deleted; subscriptions that reach their function.

import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, ref, stacksOf, type Resources, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let at: Stacks;
let logs: CloudWatchLogs;

beforeAll(async () => {
  cloud = await startCloud({ seed: "logs-stack" });
  at = stacksOf(cloud, { team: "a" });
  logs = new CloudWatchLogs({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const group = async (logGroupNamePrefix: string) =>
  (await logs.describeLogGroups({ logGroupNamePrefix })).logGroups?.find(
    (each) => each.logGroupName === logGroupNamePrefix,
  );

test("a log group with its stream and filter is made, changed in place and deleted", async () => {
  const parts = (properties: object, filter: object): Resources => ({
    Group: { Type: "AWS::Logs::LogGroup", Properties: properties },
    Stream: { Type: "AWS::Logs::LogStream", Properties: { LogGroupName: ref("Group") } },
    Filter: { Type: "AWS::Logs::MetricFilter", Properties: { LogGroupName: ref("Group"), ...filter } },
  });
  const outputs = { Group: ref("Group"), Arn: attribute("Group", "Arn"), Stream: ref("Stream"), Filter: ref("Filter") };
  const made = await at.deploy(
    "groups",
    parts(
      {
        RetentionInDays: 7,
        KmsKeyId: "arn:aws:kms:us-east-1:000000000000:key/a",
        Tags: [{ Key: "own", Value: "1" }],
      },
      {
        FilterPattern: "ERROR",
        MetricTransformations: [
          {
            MetricName: "errors",
            MetricNamespace: "app",
            MetricValue: "1",
            DefaultValue: 0,
            Unit: "Count",
            Dimensions: [{ Key: "level", Value: "$.level" }],
          },
        ],
      },
    ),
    outputs,
  );
  const { Group: logGroupName = "" } = made;
  expect(logGroupName).toMatch(/^groups-Group-\w+$/);
  expect(made["Arn"]).toBe(`arn:aws:logs:us-east-1:000000000000:log-group:${logGroupName}:*`);
  expect(await group(logGroupName)).toMatchObject({
    retentionInDays: 7,
    kmsKeyId: "arn:aws:kms:us-east-1:000000000000:key/a",
    metricFilterCount: 1,
  });
  expect((await logs.listTagsLogGroup({ logGroupName })).tags).toMatchObject({ own: "1", team: "a" });
  const { logStreams = [] } = await logs.describeLogStreams({ logGroupName });
  expect(logStreams.map((stream) => stream.logStreamName)).toEqual([made["Stream"]]);
  const { metricFilters = [] } = await logs.describeMetricFilters({ logGroupName });
  expect(metricFilters).toMatchObject([
    {
      filterName: made["Filter"],
      filterPattern: "ERROR",
      metricTransformations: [
        {
          metricName: "errors",
          metricNamespace: "app",
          metricValue: "1",
          defaultValue: 0,
          unit: "Count",
          dimensions: { level: "$.level" },
        },
      ],
    },
  ]);
  const transformation = [{ MetricName: "errors", MetricNamespace: "app", MetricValue: "2" }];
  const changed = await at.deploy(
    "groups",
    parts({ DeletionProtectionEnabled: true }, { FilterPattern: "", MetricTransformations: transformation }),
    outputs,
  );
  expect(changed).toEqual(made);
  const after = await group(logGroupName);
  expect([after?.retentionInDays, after?.kmsKeyId, after?.deletionProtectionEnabled]).toEqual([
    undefined,
    undefined,
    true,
  ]);
  expect((await logs.listTagsLogGroup({ logGroupName })).tags).not.toHaveProperty("own");
  await at.deploy("groups", parts({}, { FilterPattern: "", MetricTransformations: transformation }), outputs);
  const classed = parts({ LogGroupClass: "INFREQUENT_ACCESS" }, { FilterPattern: "", MetricTransformations: [] });
  expect(await at.failure("groups", classed)).toContain("class of a log group cannot be changed");
  await at.destroy("groups");
  expect(await group(logGroupName)).toBeUndefined();
});

test("a resource policy is made, changed and deleted", async () => {
  const policy = (Action: string): Resources => ({
    Policy: {
      Type: "AWS::Logs::ResourcePolicy",
      Properties: {
        PolicyName: "events",
        PolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action, Resource: "*" }],
        }),
      },
    },
  });
  const actions = async () =>
    (await logs.describeResourcePolicies({})).resourcePolicies?.map(
      (each) => /"Action":"([^"]+)"/.exec(each.policyDocument ?? "")?.[1],
    );
  await at.deploy("policy", policy("logs:PutLogEvents"));
  expect(await actions()).toEqual(["logs:PutLogEvents"]);
  await at.deploy("policy", policy("logs:CreateLogStream"));
  expect(await actions()).toEqual(["logs:CreateLogStream"]);
  await at.destroy("policy");
  expect(await actions()).toEqual([]);
});

const CODE = `
const { gunzipSync } = require("node:zlib");
exports.handler = async ({ awslogs }) => {
  const { logGroup, subscriptionFilters, logEvents } = JSON.parse(gunzipSync(Buffer.from(awslogs.data, "base64")));
  console.log("GOT " + JSON.stringify({ logGroup, subscriptionFilters, messages: logEvents.map((each) => each.message) }));
};`;

test("a subscription filter hands what matches to its function", async () => {
  const resources = (pattern: string): Resources => ({
    Group: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "source" } },
    Role: {
      Type: "AWS::IAM::Role",
      Properties: {
        AssumeRolePolicyDocument: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
        },
        ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"],
      },
    },
    Function: {
      Type: "AWS::Lambda::Function",
      Properties: {
        Runtime: "nodejs22.x",
        Handler: "index.handler",
        Role: attribute("Role", "Arn"),
        Code: { ZipFile: CODE },
      },
    },
    Permission: {
      Type: "AWS::Lambda::Permission",
      Properties: {
        FunctionName: ref("Function"),
        Action: "lambda:InvokeFunction",
        Principal: "logs.amazonaws.com",
        SourceArn: attribute("Group", "Arn"),
      },
    },
    Filter: {
      Type: "AWS::Logs::SubscriptionFilter",
      Properties: {
        LogGroupName: ref("Group"),
        FilterName: "errors",
        FilterPattern: pattern,
        DestinationArn: attribute("Function", "Arn"),
      },
      DependsOn: "Permission",
    },
  });
  const { Function: name = "" } = await at.deploy("subscription", resources("ERROR"), { Function: ref("Function") });
  await logs.createLogStream({ logGroupName: "source", logStreamName: "s" });
  const write = async (...messages: string[]) => {
    const logEvents = messages.map((message) => ({ message, timestamp: cloud.clock.now() }));
    await logs.putLogEvents({ logGroupName: "source", logStreamName: "s", logEvents });
    await cloud.settle();
  };
  const got = async () => {
    const { events = [] } = await logs.filterLogEvents({ logGroupName: `/aws/lambda/${name}`, filterPattern: "GOT" });
    return events.map((event) => JSON.parse((event.message ?? "").replace(/^.*GOT /s, "")) as unknown);
  };
  await write("ERROR one", "fine", "ERROR two");
  const source = { logGroup: "source", subscriptionFilters: ["errors"] };
  expect(await got()).toEqual([{ ...source, messages: ["ERROR one", "ERROR two"] }]);
  await at.deploy("subscription", resources("WARN"), { Function: ref("Function") });
  await write("ERROR three", "WARN four");
  expect(await got()).toEqual([
    { ...source, messages: ["ERROR one", "ERROR two"] },
    { ...source, messages: ["WARN four"] },
  ]);
  await at.destroy("subscription");
  expect(await group("source")).toBeUndefined();
});
