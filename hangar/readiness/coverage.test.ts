// What of an app the last suite exercised: each type's entries, and how the suite's counts find their way to them.

import { describe, expect, test } from "vitest";
import type { Outcomes, UsageCounts } from "../cloud/usage-tally.ts";
import { coverageOf } from "./coverage.ts";
import { stackWith } from "./test-stacks.ts";
import { usageWith } from "./test-usage.ts";

const ref = (name: string): object => ({ Ref: name });
const arn = (name: string, attribute = "Arn"): object => ({ "Fn::GetAtt": [name, attribute] });
const sub = (text: string): object => ({ "Fn::Sub": text });
const of = (Type: string, Properties: object = {}): { Type: string; Properties: object } => ({ Type, Properties });

const PLACE = "us-east-1:000000000000";
const F = `arn:aws:lambda:${PLACE}:function:F`;
const Q = `arn:aws:sqs:${PLACE}:Q`;
const T = `arn:aws:sns:${PLACE}:T`;
const twice: Outcomes = { ok: 1, errors: { Failed: 1 } };

const parts = {
  F: of("AWS::Lambda::Function"),
  Q: of("AWS::SQS::Queue"),
  T: of("AWS::SNS::Topic"),
  B: of("AWS::S3::Bucket"),
};

type Case = readonly [
  what: string,
  resource: { readonly Type: string },
  name: string,
  counted: Partial<UsageCounts>,
  more?: Readonly<Record<string, object>>,
];

const api = { Api: of("AWS::ApiGateway::RestApi"), R: resource("Api", arn("Api", "RootResourceId"), "photos") };
function resource(name: string, ParentId: object, PathPart: string): object {
  return of("AWS::ApiGateway::Resource", { RestApiId: ref(name), ParentId, PathPart });
}
const openApi = {
  openapi: "3.0.1",
  paths: { "/a": { get: {}, "x-amazon-apigateway-any-method": {}, parameters: [] } },
};
const mapping = (FunctionName: unknown): Case[1] =>
  of("AWS::Lambda::EventSourceMapping", { EventSourceArn: arn("Q"), FunctionName });
const pulled = { deliveries: { [`${Q} ${F}`]: twice } };

const CASES: readonly Case[] = [
  ["a handler", of("AWS::Lambda::Function"), "X", { functions: { [`arn:aws:lambda:${PLACE}:function:X`]: twice } }],
  ["a function URL", of("AWS::Lambda::Url", { TargetFunctionArn: arn("F") }), "X", { served: { [F]: twice } }],
  [
    "an alias's URL",
    of("AWS::Lambda::Url", { TargetFunctionArn: arn("F"), Qualifier: "live" }),
    "X",
    { served: { [`${F}:live`]: twice } },
  ],
  ["a mapping by the function's name", mapping(ref("F")), "Q -> F", pulled],
  ["a mapping by its ARN", mapping(arn("F")), "Q -> F", pulled],
  ["a mapping of an alias", mapping(sub("${F.Arn}:live")), "Q -> F", pulled],
  ["a mapping by a partial ARN", mapping(sub("${AWS::AccountId}:function:${F}")), "Q -> F", pulled],
  [
    "a destination",
    of("AWS::Lambda::EventInvokeConfig", {
      FunctionName: ref("F"),
      DestinationConfig: { OnFailure: { Destination: arn("Q") } },
    }),
    "F -> Q",
    { deliveries: { [`${F} ${Q}`]: twice } },
  ],
  [
    "a rule, whatever its targets",
    of("AWS::Events::Rule", { EventPattern: { source: ["x"] } }),
    "X",
    { deliveries: { [`arn:aws:events:${PLACE}:rule/X ${Q}`]: twice } },
  ],
  [
    "a schedule",
    of("AWS::Events::Rule", { ScheduleExpression: "rate(1 day)" }),
    "X",
    { deliveries: { [`arn:aws:events:${PLACE}:rule/X ${F}`]: twice } },
  ],
  [
    "a subscription",
    of("AWS::SNS::Subscription", { TopicArn: ref("T"), Protocol: "sqs", Endpoint: arn("Q") }),
    "T -> Q",
    { deliveries: { [`${T} ${Q}`]: twice } },
  ],
  [
    "a mailbox that subscribed",
    of("AWS::SNS::Subscription", { TopicArn: ref("T"), Protocol: "email", Endpoint: "a@b.c" }),
    "T -> email:a@b.c",
    { deliveries: { [`${T} email:a@b.c`]: twice } },
  ],
  [
    "a subscription within its topic",
    of("AWS::SNS::Topic", { Subscription: [{ Protocol: "lambda", Endpoint: arn("F") }] }),
    "X -> F",
    { deliveries: { [`arn:aws:sns:${PLACE}:X ${F}`]: twice } },
  ],
  [
    "a bucket's notification",
    of("AWS::S3::Bucket", { NotificationConfiguration: { QueueConfigurations: [{ Queue: arn("Q") }] } }),
    "X -> Q",
    { deliveries: { [`arn:aws:s3:::X ${Q}`]: twice } },
  ],
  [
    "a bucket's notification as the CDK makes it",
    of("Custom::S3BucketNotifications", {
      BucketName: ref("B"),
      NotificationConfiguration: { LambdaFunctionConfigurations: [{ LambdaFunctionArn: arn("F") }] },
    }),
    "B -> F",
    { deliveries: { [`arn:aws:s3:::B ${F}`]: twice } },
  ],
  ["a website", of("AWS::S3::Bucket", { WebsiteConfiguration: {} }), "X", { served: { "arn:aws:s3:::X": twice } }],
  [
    "a log group's subscription",
    of("AWS::Logs::SubscriptionFilter", { LogGroupName: "g", DestinationArn: arn("F") }),
    `arn:aws:logs:${PLACE}:log-group:g:* -> F`,
    { deliveries: { [`arn:aws:logs:${PLACE}:log-group:g:* ${F}`]: twice } },
  ],
  [
    "a REST API's method",
    of("AWS::ApiGateway::Method", { RestApiId: ref("Api"), ResourceId: ref("Below"), HttpMethod: "GET" }),
    "GET /photos/{id}",
    { served: { "Api GET /photos/{id}": twice } },
    { ...api, Below: resource("Api", ref("R"), "{id}") },
  ],
  [
    "a method of the root",
    of("AWS::ApiGateway::Method", {
      RestApiId: ref("Api"),
      ResourceId: arn("Api", "RootResourceId"),
      HttpMethod: "ANY",
    }),
    "ANY /",
    { served: { "Api ANY /": twice } },
    api,
  ],
  [
    "an HTTP or WebSocket API's route",
    of("AWS::ApiGatewayV2::Route", { ApiId: ref("Api"), RouteKey: "$connect" }),
    "$connect",
    { served: { "Api $connect": twice } },
    { Api: of("AWS::ApiGatewayV2::Api") },
  ],
  [
    "an HTTP API that is all one target",
    of("AWS::ApiGatewayV2::Api", { ProtocolType: "HTTP", Target: arn("F") }),
    "$default",
    { served: { "X $default": twice } },
  ],
];

describe("of each type", () => {
  test.each(CASES.map((each) => [each[0], each] as const))(
    "%s",
    (_what, [, resourceOfIt, name, counted, more = {}]) => {
      const stack = stackWith({ ...parts, ...more, X: resourceOfIt });
      const covered = (used: Partial<UsageCounts>): unknown[] =>
        coverageOf([stack], usageWith([stack], used)).filter(({ logicalId }) => logicalId === "X");
      expect(covered({})).toEqual([expect.objectContaining({ stack: "Shop", name, used: 0, failed: 0 })]);
      expect(covered(counted)).toEqual([expect.objectContaining({ name, used: 2, failed: 1 })]);
    },
  );
});

test("an API from an OpenAPI document has its routes", () => {
  for (const Type of ["AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api"]) {
    const stack = stackWith({ Api: of(Type, { Body: openApi }) });
    const usage = usageWith([stack], { served: { "Api GET /a": twice } });
    expect(coverageOf([stack], usage).map(({ kind, name, used }) => [kind, name, used])).toEqual([
      ["route", "GET /a", 2],
      ["route", "ANY /a", 0],
    ]);
  }
});

test("nobody has to call what answers preflights, wait for what is off, or run what the deployment does without", () => {
  const preflight = { RestApiId: "a", ResourceId: "r", HttpMethod: "OPTIONS", Integration: { Type: "MOCK" } };
  const stack = stackWith({
    M: of("AWS::ApiGateway::Method", preflight),
    E: of("AWS::Events::Rule", { State: "DISABLED", ScheduleExpression: "rate(1 day)" }),
    F: of("AWS::Lambda::Function"),
    C: of("Custom::Thing", { ServiceToken: arn("F") }),
  });
  expect(coverageOf([stack], usageWith([stack]))).toEqual([]);
  const ran = usageWith([stack], { functions: { [F]: twice } });
  expect(coverageOf([stack], ran)).toEqual([expect.objectContaining({ kind: "handler", name: "F", used: 2 })]);
});

test("references across stacks lead to what they name, by parameters, outputs and exports", () => {
  const child = stackWith(
    {
      Parameters: { Queue: { Type: "String" } },
      Resources: {
        F: parts.F,
        M: mapping(ref("F")),
        N: of("AWS::Lambda::EventSourceMapping", { EventSourceArn: ref("Queue"), FunctionName: ref("F") }),
      },
    },
    "Shop/Child",
  );
  const parent = stackWith({
    Q: parts.Q,
    Child: of("AWS::CloudFormation::Stack", { Parameters: { Queue: arn("Q") } }),
    S: of("AWS::SNS::Subscription", { TopicArn: "t", Protocol: "lambda", Endpoint: arn("Child", "Outputs.Handler") }),
    I: of("AWS::SNS::Subscription", { TopicArn: "t", Protocol: "sqs", Endpoint: { "Fn::ImportValue": "inbox" } }),
  });
  const nested = { ...child, nested: true, template: { ...child.template, Outputs: { Handler: { Value: arn("F") } } } };
  const other = stackWith(
    { Resources: { Q: parts.Q }, Outputs: { Inbox: { Value: arn("Q"), Export: { Name: "inbox" } } } },
    "Other",
  );
  const usage = usageWith([parent, nested, other], {
    deliveries: { [`${Q} ${F}`]: twice, [`t ${F}`]: twice, [`t ${Q}`]: twice },
  });
  expect(coverageOf([parent, nested, other], usage).map(({ logicalId, used }) => [logicalId, used])).toEqual([
    ["S", 2],
    ["I", 2],
    ["F", 0],
    ["M", 0],
    ["N", 2],
  ]);
});

test("what the suite's deployment had not is left out", () => {
  const stack = stackWith(parts);
  expect(coverageOf([stackWith({ New: parts.F }), stack], { ...usageWith([]), stacks: [] })).toEqual([]);
});
