// Every error SQS returns, in AWS's words.

import type { Violation } from "../../cloud/service.ts";
import { AwsError } from "../../kernel/aws-error.ts";

export function invalidParameterValue(message: string): AwsError {
  return new AwsError("InvalidParameterValue", message);
}

export function missingParameter(name: string): AwsError {
  return new AwsError("MissingParameter", `The request must contain the parameter ${name}.`);
}

export function queueDoesNotExist(): AwsError {
  return new AwsError("QueueDoesNotExist", "The specified queue does not exist.");
}

export function queueNameExists(attribute: string): AwsError {
  return new AwsError(
    "QueueNameExists",
    `A queue already exists with the same name and a different value for attribute ${attribute}`,
  );
}

export function invalidAttributeName(message: string): AwsError {
  return new AwsError("InvalidAttributeName", message);
}

export function unknownAttribute(name: string): AwsError {
  return invalidAttributeName(`Unknown Attribute ${name}.`);
}

export function invalidAttributeValue(message: string): AwsError {
  return new AwsError("InvalidAttributeValue", message);
}

export function invalidMessageContents(): AwsError {
  return new AwsError(
    "InvalidMessageContents",
    "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF",
  );
}

export function receiptHandleIsInvalid(handle: string): AwsError {
  return new AwsError("ReceiptHandleIsInvalid", `The input receipt handle "${handle}" is not a valid receipt handle.`, {
    status: 404,
  });
}

export function purgeQueueInProgress(name: string): AwsError {
  return new AwsError("PurgeQueueInProgress", `Only one PurgeQueue operation on ${name} is allowed every 60 seconds.`, {
    status: 403,
  });
}

export function tooManyEntries(count: number): AwsError {
  return new AwsError(
    "TooManyEntriesInBatchRequest",
    `Maximum number of entries per request are 10. You have sent ${count}.`,
  );
}

export function emptyBatch(entry: string): AwsError {
  return new AwsError("EmptyBatchRequest", `There should be at least one ${entry} in the request.`);
}

export function invalidBatchEntryId(): AwsError {
  return new AwsError(
    "InvalidBatchEntryId",
    "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
  );
}

export function batchEntryIdsNotDistinct(id: string): AwsError {
  return new AwsError("BatchEntryIdsNotDistinct", `Id ${id} repeated.`);
}

export function batchRequestTooLong(limit: number, size: number): AwsError {
  return new AwsError(
    "BatchRequestTooLong",
    `Batch requests cannot be longer than ${limit} bytes. You have sent ${size} bytes.`,
  );
}

export function resourceNotFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message, { status: 404 });
}

export function unsupportedOperation(message: string): AwsError {
  return new AwsError("UnsupportedOperation", message);
}

export function accessDenied(message: string): AwsError {
  // SQS writes its actions small: https://github.com/aws/serverless-application-model/issues/3633
  const written = message.replaceAll(/\bsqs:\w+/g, (action) => action.toLowerCase());
  return new AwsError("AccessDeniedException", written, { status: 403 });
}

/** ReceiveMessage takes them in `AttributeNames` too, for which the model has the names of a queue's. */
const OF_MESSAGES = new Set([
  "SenderId",
  "SentTimestamp",
  "ApproximateReceiveCount",
  "ApproximateFirstReceiveTimestamp",
  "SequenceNumber",
  "MessageDeduplicationId",
  "MessageGroupId",
  "AWSTraceHeader",
  "DeadLetterQueueSourceArn",
]);

export function validationFailed(violations: readonly Violation[], operation: string): AwsError | undefined {
  for (const { kind, member, value } of violations) {
    if (kind === "required") return missingParameter(member);
    const name = String(value);
    if (kind === "enum" && !(operation === "ReceiveMessage" && OF_MESSAGES.has(name))) return unknownAttribute(name);
  }
  return undefined;
}
