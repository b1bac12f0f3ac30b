// Where events that failed may go, and whether the function's role may send there.

import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { Lambda } from "@aws-sdk/client-lambda";
import { S3 } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFunction, run, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

let at: LambdaCloud;
let lambda: Lambda;
let s3: S3;
let powerless: string;
const bucket = "arn:aws:s3:::failures";
const fails = { "index.js": "exports.handler = async () => { throw new Error('no') }" };

beforeAll(async () => {
  at = await startLambdaCloud("failed-events");
  lambda = new Lambda({ ...at.cloud.clientConfig(), maxAttempts: 1 });
  s3 = new S3({ ...at.cloud.clientConfig(), maxAttempts: 1, forcePathStyle: true });
  await s3.createBucket({ Bucket: "failures" });
  const Statement = [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  const { Role } = await at.iam.send(new CreateRoleCommand({ RoleName: "powerless", AssumeRolePolicyDocument }));
  powerless = Role?.Arn ?? "";
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

test("a bucket keeps the record of an event that failed", async () => {
  await makeFunction(at, "fails", fails);
  const DestinationConfig = { OnFailure: { Destination: bucket } };
  await lambda.putFunctionEventInvokeConfig({ FunctionName: "fails", MaximumRetryAttempts: 0, DestinationConfig });
  await run(at, "fails", { n: 1 }, { InvocationType: "Event" });
  await at.cloud.settle();
  const { Contents = [] } = await s3.listObjectsV2({ Bucket: "failures" });
  expect(Contents).toHaveLength(1);
  const Key = Contents[0]?.Key ?? "";
  expect(Key).toMatch(/^aws\/lambda\/async\/fails\/\d{4}\/\d\d\/\d\d\/\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d-[-0-9a-f]{36}$/);
  const { Body, ContentType } = await s3.getObject({ Bucket: "failures", Key });
  expect(ContentType).toBe("application/json");
  expect(JSON.parse((await Body?.transformToString()) ?? "")).toMatchObject({
    version: "1.0",
    requestContext: { condition: "RetriesExhausted", approximateInvokeCount: 1 },
    requestPayload: { n: 1 },
    responsePayload: { errorType: "Error", errorMessage: "no" },
  });
});

test("a bucket keeps no successes", async () => {
  await makeFunction(at, "succeeds", { "index.js": "exports.handler = async () => 1" });
  const DestinationConfig = { OnSuccess: { Destination: bucket } };
  await expect(
    lambda.putFunctionEventInvokeConfig({ FunctionName: "succeeds", DestinationConfig }),
  ).rejects.toMatchObject({
    name: "InvalidParameterValueException",
    message: `The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=${bucket}), onFailure=null) is invalid.`,
  });
});

test.each([
  ["arn:aws:sqs:us-east-1:000000000000:dead", "SendMessage on SQS"],
  ["arn:aws:sns:us-east-1:000000000000:dead", "Publish on SNS"],
])("the role must be allowed to send to %s as dead letters", async (TargetArn, what) => {
  const refusal = {
    name: "InvalidParameterValueException",
    message: `The provided execution role does not have permissions to call ${what}`,
  };
  const DeadLetterConfig = { TargetArn };
  await expect(makeFunction(at, "dead", fails, { Role: powerless, DeadLetterConfig })).rejects.toMatchObject(refusal);
  const FunctionName = `dead-${what.slice(0, 4)}`;
  await makeFunction(at, FunctionName, fails, { Role: powerless });
  await expect(lambda.updateFunctionConfiguration({ FunctionName, DeadLetterConfig })).rejects.toMatchObject(refusal);
});

test.each([
  ["arn:aws:sqs:us-east-1:000000000000:results", "SendMessage"],
  ["arn:aws:sns:us-east-1:000000000000:results", "Publish"],
  ["arn:aws:events:us-east-1:000000000000:event-bus/default", "PutEvents"],
  ["arn:aws:lambda:us-east-1:000000000000:function:fails", "InvokeFunction"],
])("the role must be allowed to send to %s as a destination", async (Destination, action) => {
  const FunctionName = `sends-${action}`;
  await makeFunction(at, FunctionName, fails, { Role: powerless });
  const DestinationConfig = { OnFailure: { Destination } };
  await expect(lambda.putFunctionEventInvokeConfig({ FunctionName, DestinationConfig })).rejects.toMatchObject({
    name: "InvalidParameterValueException",
    message: `The function's execution role does not have permissions to call ${action} on ${Destination}`,
  });
});

test("code comes from buckets of the function's region only", async () => {
  const west = new S3({ ...at.cloud.clientConfig(), region: "eu-west-1", maxAttempts: 1, forcePathStyle: true });
  const CreateBucketConfiguration = { LocationConstraint: "eu-west-1" } as const;
  await west.createBucket({ Bucket: "code-in-the-west", CreateBucketConfiguration });
  await west.putObject({ Bucket: "code-in-the-west", Key: "code.zip", Body: "archive" });
  const Code = { S3Bucket: "code-in-the-west", S3Key: "code.zip" };
  await expect(makeFunction(at, "western", {}, { Code })).rejects.toMatchObject({
    name: "InvalidParameterValueException",
    message:
      "Error occurred while GetObject. S3 Error Code: PermanentRedirect. S3 Error Message: The bucket is in this region: eu-west-1. Please use this region to retry the request",
  });
});
