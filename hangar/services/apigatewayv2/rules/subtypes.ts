// First-class integrations of HTTP APIs: which call each makes, and which parameters it must have.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html

import { notEmulated } from "../../../kernel/aws-error.ts";
import { badRequest } from "../errors.ts";
import type { IntegrationRow } from "../store.ts";

export type Subtype = {
  readonly service: string;
  readonly operation: string;
  readonly required: readonly string[];
  readonly optional: readonly string[];
};

const subtypes: Readonly<Record<string, Subtype>> = {
  "EventBridge-PutEvents": {
    service: "events",
    operation: "PutEvents",
    required: ["Detail", "DetailType", "Source"],
    optional: ["Time", "EventBusName", "Resources", "Region", "TraceHeader"],
  },
  "SQS-SendMessage": {
    service: "sqs",
    operation: "SendMessage",
    required: ["QueueUrl", "MessageBody"],
    optional: [
      "DelaySeconds",
      "MessageAttributes",
      "MessageDeduplicationId",
      "MessageGroupId",
      "MessageSystemAttributes",
      "Region",
    ],
  },
  "SQS-ReceiveMessage": {
    service: "sqs",
    operation: "ReceiveMessage",
    required: ["QueueUrl"],
    optional: [
      "AttributeNames",
      "MaxNumberOfMessages",
      "MessageAttributeNames",
      "ReceiveRequestAttemptId",
      "VisibilityTimeout",
      "WaitTimeSeconds",
      "Region",
    ],
  },
  "SQS-DeleteMessage": {
    service: "sqs",
    operation: "DeleteMessage",
    required: ["ReceiptHandle", "QueueUrl"],
    optional: ["Region"],
  },
  "SQS-PurgeQueue": { service: "sqs", operation: "PurgeQueue", required: ["QueueUrl"], optional: ["Region"] },
  "Kinesis-PutRecord": {
    service: "kinesis",
    operation: "PutRecord",
    required: ["StreamName", "Data", "PartitionKey"],
    optional: ["SequenceNumberForOrdering", "ExplicitHashKey", "Region"],
  },
};

/** Whose services are not here. */
const ABSENT = new Set([
  "AppConfig-GetConfiguration",
  "StepFunctions-StartExecution",
  "StepFunctions-StartSyncExecution",
  "StepFunctions-StopExecution",
]);

export function subtypeOf(name: string): Subtype | undefined {
  return Object.hasOwn(subtypes, name) ? subtypes[name] : undefined;
}

export function checkSubtype({
  IntegrationSubtype: name = "",
  IntegrationType,
  CredentialsArn,
  RequestParameters = {},
}: IntegrationRow): void {
  if (ABSENT.has(name)) throw notEmulated(`integrations of the subtype ${name}`);
  const subtype = subtypeOf(name);
  if (subtype === undefined) throw badRequest(`Invalid integration subtype specified: ${name}`);
  if (IntegrationType !== "AWS_PROXY") throw badRequest("IntegrationSubtype requires the integration type AWS_PROXY");
  if (CredentialsArn === undefined)
    throw badRequest(`Credentials must be specified for the integration subtype ${name}`);
  const missing = subtype.required.filter((each) => RequestParameters[each] === undefined);
  if (missing.length > 0) throw badRequest(`Parameters required for ${name} are missing: ${missing.join(", ")}`);
  const known = new Set([...subtype.required, ...subtype.optional]);
  const unknown = Object.keys(RequestParameters).filter((each) => !known.has(each));
  if (unknown.length > 0) throw badRequest(`Parameters are not valid for ${name}: ${unknown.join(", ")}`);
}
