// Which service a request is for, whatever of it says so.

import { describe, expect, test } from "vitest";
import type { Incoming } from "./exchange.ts";
import { locate, strangerOf } from "./locate.ts";

type Facts = {
  readonly host?: string;
  readonly path?: string;
  readonly target?: string;
  readonly headers?: Record<string, string>;
  readonly scope?: string;
  readonly form?: string;
};

function request({ host = "127.0.0.1", path = "/", target, headers = {} }: Facts): Incoming {
  const all = target === undefined ? headers : { ...headers, "x-amz-target": target };
  return { method: "POST", host, path, query: "", headers: all } as Incoming;
}

function formOf(text: string | undefined): URLSearchParams | undefined {
  return text === undefined ? undefined : new URLSearchParams(text);
}

function found(facts: Facts): string | undefined {
  return locate(request(facts), facts.scope, formOf(facts.form));
}

describe("a request is for the service", () => {
  test.each<[string, Facts, string | undefined]>([
    ["that its target names", { target: "DynamoDB_20120810.GetItem" }, "dynamodb"],
    [
      "that its target names, whose signing name two share",
      { target: "DynamoDBStreams_20120810.GetRecords", scope: "dynamodb" },
      "dynamodbstreams",
    ],
    [
      "that its target's last segment names",
      { target: "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", scope: "cloudtrail" },
      "cloudtrail",
    ],
    ["that its signature's scope names", { scope: "lambda" }, "lambda"],
    ["whose signing name is not its own", { scope: "monitoring" }, "cloudwatch"],
    ["of API Gateway's two by the path", { scope: "apigateway", path: "/restapis" }, "apigateway"],
    ["of API Gateway's two by the path, v2", { scope: "apigateway", path: "/v2/apis" }, "apigatewayv2"],
    ["of S3's two by the path", { scope: "s3", path: "/v20180820/jobs" }, "s3control"],
    ["of S3's two by the path, a bucket", { scope: "s3", path: "/v2018" }, "s3"],
    ["of S3 Express and Object Lambda", { scope: "s3express" }, "s3"],
    ["that an API's callback URL signs for", { scope: "execute-api" }, "apigatewaymanagementapi"],
    ["of its form's version", { form: "Action=ListUsers&Version=2010-05-08" }, "iam"],
    ["of its form's version, SQS before it spoke JSON", { form: "Action=SendMessage&Version=2012-11-05" }, "sqs"],
    [
      "of its form's version, CloudWatch before it spoke JSON",
      { form: "Action=ListMetrics&Version=2010-08-01" },
      "cloudwatch",
    ],
    [
      "of its form's version where one signs for two",
      { scope: "elasticloadbalancing", form: "Action=DescribeLoadBalancers&Version=2015-12-01" },
      "elbv2",
    ],
    ["of its host", { host: "sqs.us-east-1.localhost" }, "sqs"],
    ["of AWS's own host", { host: "dynamodb.eu-west-1.amazonaws.com" }, "dynamodb"],
    [
      "that CBOR's path names",
      {
        path: "/service/GraniteServiceVersion20100801/operation/ListMetrics",
        headers: { "smithy-protocol": "rpc-v2-cbor" },
      },
      "cloudwatch",
    ],
    ["nobody names: S3's addresses are anything", { host: "bucket.s3.localhost", path: "/key" }, undefined],
    ["nobody names, at an address", { path: "/bucket/key" }, undefined],
  ])("%s", (_name, facts, expected) => {
    expect(found(facts)).toBe(expected);
  });
});

describe("a stranger is named by", () => {
  test.each<[string, Facts, string | undefined]>([
    ["its signature's scope", { scope: "bedrock", path: "/model/x/invoke" }, "bedrock"],
    ["its target", { target: "Nobody_20200101.Do" }, "Nobody_20200101.Do"],
    ["its form's version", { form: "Action=X&Version=1999-01-01" }, "1999-01-01"],
    ["nothing, when it is S3's", { path: "/bucket/key" }, undefined],
  ])("%s", (_name, facts, expected) => {
    expect(strangerOf(request(facts), facts.scope, formOf(facts.form))).toBe(expected);
  });
});
