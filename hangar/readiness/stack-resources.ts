// What a deployed stack's resources are called: by logical id, with the ids and ARNs that calls and policies name.

import type { Cloud } from "../cloud/cloud.ts";
import type * as CloudFormation from "../models/cloudformation.d.ts";
import type * as DynamoDB from "../models/dynamodb.d.ts";
import type * as Iam from "../models/iam.d.ts";
import type { StackArtifact } from "../targets/assembly.ts";
import { callerOf, type Caller } from "../targets/embedded.ts";

export type DeployedResource = {
  readonly logicalId: string;
  readonly type: string;
  /** The physical id, which is what `Ref` gives. */
  readonly id: string;
  /** What `Fn::GetAtt` gives for attributes that are ARNs. */
  readonly arns: Readonly<Record<string, string>>;
};

/** `stack` is the stack's name; a nested one's is `Parent/LogicalId`. */
export type DeployedResources = {
  readonly stack: string;
  readonly region: string;
  readonly resources: readonly DeployedResource[];
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
  "AWS::Events::Rule": (place) => `arn:aws:events:${place}:rule/`,
};

export async function deployedResources(cloud: Cloud, stack: StackArtifact): Promise<DeployedResources[]> {
  const region = stack.region ?? cloud.region;
  const call = callerOf(cloud, cloud.world, region);
  return resourcesOf(call, { stack: stack.stackName, id: stack.stackName }, `${region}:${cloud.account}`);
}

type Named = { readonly stack: string; readonly id: string };

async function resourcesOf(call: Caller, { stack, id: StackName }: Named, place: string): Promise<DeployedResources[]> {
  const resources: DeployedResource[] = [];
  const nested: DeployedResources[] = [];
  let NextToken: string | undefined;
  do {
    const page = (await call("cloudformation", "ListStackResources", {
      StackName,
      ...(NextToken === undefined ? {} : { NextToken }),
    })) as CloudFormation.ListStackResourcesOutput;
    for (const {
      ResourceType: type = "",
      LogicalResourceId: logicalId = "",
      PhysicalResourceId: id = "",
    } of page.StackResourceSummaries ?? []) {
      resources.push({ logicalId, type, id, arns: await arnsOf(call, { type, id }, place) });
      if (type === "AWS::CloudFormation::Stack")
        nested.push(...(await resourcesOf(call, { stack: `${stack}/${logicalId}`, id }, place)));
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return [{ stack, region: place.split(":")[0] ?? "", resources }, ...nested];
}

async function arnsOf(
  call: Caller,
  { type, id }: Pick<DeployedResource, "type" | "id">,
  place: string,
): Promise<Readonly<Record<string, string>>> {
  if (type === "AWS::IAM::Role") {
    const { Role } = (await call("iam", "GetRole", { RoleName: id })) as unknown as Iam.GetRoleOutput;
    return { Arn: Role.Arn };
  }
  const before = ARNS[type]?.(place);
  if (before === undefined) return {};
  // A queue's id is its URL, a rule's has its bus before it.
  const name = type === "AWS::SQS::Queue" ? id.slice(id.lastIndexOf("/") + 1) : id.replace("|", "/");
  const Arn = `${before}${name}`;
  if (!type.startsWith("AWS::DynamoDB::")) return { Arn };
  const { Table } = (await call("dynamodb", "DescribeTable", { TableName: id })) as DynamoDB.DescribeTableOutput;
  // Its name ends with the time at which it was made.
  return Table?.LatestStreamArn === undefined ? { Arn } : { Arn, StreamArn: Table.LatestStreamArn };
}

/** Types whose Ref is the ARN that policies name. */
const REFS: ReadonlySet<string> = new Set([
  "AWS::SecretsManager::Secret",
  "AWS::SNS::Topic",
  "AWS::StepFunctions::StateMachine",
]);

/** How the stack's own code names what an ARN of this deployment stands for, by ARN: the reference that gives it anywhere. */
export function cdkReferences({ resources }: Pick<DeployedResources, "resources">): Readonly<Record<string, string>> {
  const code: Record<string, string> = {};
  for (const { logicalId, type, id, arns } of resources) {
    const logical = JSON.stringify(logicalId);
    if (REFS.has(type)) code[id] = `cdk.Fn.ref(${logical})`;
    for (const [name, arn] of Object.entries(arns))
      code[arn] = `cdk.Fn.getAtt(${logical}, ${JSON.stringify(name)}).toString()`;
  }
  return code;
}
