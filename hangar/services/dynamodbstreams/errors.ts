// Every error DynamoDB Streams returns, in AWS's words.

import { AwsError } from "../../kernel/aws-error.ts";

export function validation(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

export function streamNotFound(arn: string): AwsError {
  return new AwsError("ResourceNotFoundException", `Requested resource not found: Stream: ${arn} not found`);
}

export function shardNotFound(arn: string, shard: string): AwsError {
  return new AwsError(
    "ResourceNotFoundException",
    `Requested resource not found: Shard: ${shard} in Stream: ${arn} not found`,
  );
}

export function expiredIterator(): AwsError {
  return new AwsError("ExpiredIteratorException", "Shard iterator has expired");
}

export function trimmed(): AwsError {
  return new AwsError("TrimmedDataAccessException", "The data you are trying to access has been trimmed");
}

/** Limits that AWS's model does not carry but the service checks in the model's words. */
export function checkLimit(limit: number | undefined, maximum: number): void {
  if (limit === undefined || limit <= maximum) return;
  throw validation(
    `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to ${maximum}`,
  );
}
