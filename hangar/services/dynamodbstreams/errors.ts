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
  return new AwsError(
    "ExpiredIteratorException",
    "The shard iterator is expired. Shard iterators are only valid for 15 minutes",
  );
}

export function trimmed(): AwsError {
  return new AwsError(
    "TrimmedDataAccessException",
    "The operation attempted to read past the oldest stream record in a shard",
  );
}
