// Whether the source is there and the function's role may read it, as Lambda checks when a mapping is made.

import { invalidParameter } from "../errors.ts";
import type { LambdaContext, VersionRow } from "../store.ts";
import { streamOf, type SourceKind } from "./mapping.ts";
import { pollerOf } from "./polling.ts";
import { isKinesis, streamsOf } from "./stream-source.ts";

const STREAM_ACTIONS = ["dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream"];
const KINESIS_ACTIONS = ["GetRecords", "GetShardIterator", "DescribeStream", "ListShards"].map(
  (name) => `kinesis:${name}`,
);

export async function checkSource(
  context: LambdaContext,
  kind: SourceKind,
  arn: string,
  version: VersionRow,
): Promise<void> {
  if (kind === "queue") await checkQueue(context, arn, version);
  else await checkStream(context, arn, version);
}

async function checkQueue(context: LambdaContext, arn: string, version: VersionRow): Promise<void> {
  const attributes = await context.ports.queues.attributes(arn);
  if (attributes === undefined) {
    throw invalidParameter(
      "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.",
    );
  }
  if (!mayAll(context, version, ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], arn)) {
    throw invalidParameter("The function execution role does not have permissions to call ReceiveMessage on SQS");
  }
  const visibility = Number(attributes["VisibilityTimeout"] ?? 30);
  if (visibility < version.timeout)
    throw invalidParameter(
      `Queue visibility timeout: ${visibility} seconds is less than Function timeout: ${version.timeout} seconds`,
    );
}

async function checkStream(context: LambdaContext, arn: string, version: VersionRow): Promise<void> {
  if (!mayReadStream(context, version, arn)) throw invalidParameter(noAccess(arn));
  try {
    await streamsOf(context, arn).shards(arn, pollerOf(context, version.role));
  } catch {
    throw invalidParameter(`Stream not found: ${arn}`);
  }
}

export function mayReadStream(context: LambdaContext, version: VersionRow, arn: string): boolean {
  if (!isKinesis(arn)) return mayAll(context, version, STREAM_ACTIONS, arn);
  const stream = streamOf(arn);
  if (stream === arn) return mayAll(context, version, KINESIS_ACTIONS, arn);
  return (
    mayAll(context, version, ["kinesis:SubscribeToShard"], arn) &&
    mayAll(context, version, ["kinesis:DescribeStream", "kinesis:ListShards"], stream)
  );
}

export function noAccess(arn: string): string {
  const listed = isKinesis(arn) ? "ListShards, and ListStreams" : "and ListStreams";
  return `Cannot access stream ${arn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, ${listed} Actions on your stream in IAM.`;
}

export function mayAll(
  context: LambdaContext,
  version: Pick<VersionRow, "name" | "role">,
  actions: readonly string[],
  resource: string,
): boolean {
  const policy = resource.includes(":dynamodb:") ? context.ports.tableStreams.policy(resource) : undefined;
  const caller = context.ports.access.roleCaller(version.role, "lambda.amazonaws.com", version.name);
  return context.ports.access.decide(
    caller,
    actions.map((action) => ({ action, resource, policy })),
    {},
  ).allowed;
}
