// For the rules' tests: a suite's usage of a stack that was deployed with its logical ids for names.

import type { UsageCounts } from "../cloud/usage-tally.ts";
import type { ReadStack } from "./read-stack.ts";
import type { DeployedResource } from "./stack-resources.ts";
import type { SuiteUsage } from "./usage.ts";

const PLACE = "us-east-1:000000000000";
const ARNS: Readonly<Record<string, string>> = {
  "AWS::S3::Bucket": "arn:aws:s3:::",
  "AWS::SQS::Queue": `arn:aws:sqs:${PLACE}:`,
  "AWS::DynamoDB::Table": `arn:aws:dynamodb:${PLACE}:table/`,
  "AWS::Lambda::Function": `arn:aws:lambda:${PLACE}:function:`,
  "AWS::Events::Rule": `arn:aws:events:${PLACE}:rule/`,
  "AWS::IAM::Role": "arn:aws:iam::000000000000:role/",
};

/** All suites ran and passed; what is not given was never used. */
export function usageWith(stacks: readonly ReadStack[], used: Partial<SuiteUsage> = {}): SuiteUsage {
  const counts: UsageCounts = { operations: {}, functions: {}, served: {}, deliveries: {} };
  return {
    version: 1,
    at: "2026-11-22T00:00:00.000Z",
    account: "000000000000",
    only: [],
    passed: true,
    ...counts,
    access: [],
    roles: [],
    stacks: stacks.map(({ name, resources }) => ({
      stack: name,
      region: "us-east-1",
      resources: resources.map(({ logicalId, type }) => deployed(logicalId, type)),
    })),
    ...used,
  };
}

function deployed(logicalId: string, type: string): DeployedResource {
  const before = ARNS[type];
  if (type === "AWS::SNS::Topic") return { logicalId, type, id: `arn:aws:sns:${PLACE}:${logicalId}`, arns: {} };
  return { logicalId, type, id: logicalId, arns: before === undefined ? {} : { Arn: `${before}${logicalId}` } };
}
