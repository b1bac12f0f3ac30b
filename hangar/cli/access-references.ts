// How a stack's own code names its resources: an ARN of the emulated deployment told as the reference that gives it anywhere.

import type { Cloud } from "../cloud/cloud.ts";
import type * as CloudFormation from "../models/cloudformation.d.ts";
import type * as DynamoDB from "../models/dynamodb.d.ts";
import type { StackArtifact } from "../targets/assembly.ts";
import { callerOf } from "../targets/embedded.ts";

export type StackReferences = {
  /** Names of the stack's roles. */
  readonly roles: readonly string[];
  /** By ARN. */
  readonly code: Readonly<Record<string, string>>;
};

/** Types whose attribute Arn is the ARN that policies name, and what stands before their name in it. */
const ARNS: Readonly<Record<string, (place: string) => string>> = {
  "AWS::S3::Bucket": () => "arn:aws:s3:::",
  "AWS::DynamoDB::Table": (place) => `arn:aws:dynamodb:${place}:table/`,
  "AWS::DynamoDB::GlobalTable": (place) => `arn:aws:dynamodb:${place}:table/`,
  "AWS::KMS::Key": (place) => `arn:aws:kms:${place}:key/`,
  "AWS::SQS::Queue": (place) => `arn:aws:sqs:${place}:`,
  "AWS::Lambda::Function": (place) => `arn:aws:lambda:${place}:function:`,
  "AWS::Kinesis::Stream": (place) => `arn:aws:kinesis:${place}:stream/`,
};

/** Types whose Ref is that ARN. */
const REFS: ReadonlySet<string> = new Set([
  "AWS::SecretsManager::Secret",
  "AWS::SNS::Topic",
  "AWS::StepFunctions::StateMachine",
]);

export async function stackReferences(cloud: Cloud, stack: StackArtifact): Promise<StackReferences> {
  const region = stack.region ?? cloud.region;
  const call = callerOf(cloud, cloud.world, region);
  const roles: string[] = [];
  const code: Record<string, string> = {};
  let NextToken: string | undefined;
  do {
    const page = (await call("cloudformation", "ListStackResources", {
      StackName: stack.stackName,
      ...(NextToken === undefined ? {} : { NextToken }),
    })) as CloudFormation.ListStackResourcesOutput;
    for (const { ResourceType = "", LogicalResourceId = "", PhysicalResourceId = "" } of page.StackResourceSummaries ??
      []) {
      const logical = JSON.stringify(LogicalResourceId);
      const before = ARNS[ResourceType]?.(`${region}:${cloud.account}`);
      if (ResourceType === "AWS::IAM::Role") roles.push(PhysicalResourceId);
      else if (REFS.has(ResourceType)) code[PhysicalResourceId] = `cdk.Fn.ref(${logical})`;
      // A queue's id is its URL.
      else if (before !== undefined)
        code[`${before}${PhysicalResourceId.split("/").at(-1)}`] = `cdk.Fn.getAtt(${logical}, "Arn").toString()`;
      if (!ResourceType.startsWith("AWS::DynamoDB::")) continue;
      const { Table } = (await call("dynamodb", "DescribeTable", {
        TableName: PhysicalResourceId,
      })) as DynamoDB.DescribeTableOutput;
      // Its name ends with the time at which it was made.
      if (Table?.LatestStreamArn !== undefined)
        code[Table.LatestStreamArn] = `cdk.Fn.getAtt(${logical}, "StreamArn").toString()`;
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return { roles, code };
}
