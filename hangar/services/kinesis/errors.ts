// Every error Kinesis returns, in AWS's words.

import { AwsError } from "../../kernel/aws-error.ts";
import { amazonTime } from "./rules/amazon-time.ts";

export function invalidArgument(message: string): AwsError {
  return new AwsError("InvalidArgumentException", message);
}

export function validation(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

/** As the gateway's own for modelled constraints. */
export function brokenConstraint(path: string, constraint: string): AwsError {
  return validation(`1 validation error detected: Value at '${path}' failed to satisfy constraint: ${constraint}`);
}

export function streamNotFound(name: string, account: string): AwsError {
  return new AwsError("ResourceNotFoundException", `Stream ${name} under account ${account} not found.`);
}

export function streamExists(name: string, account: string): AwsError {
  return new AwsError("ResourceInUseException", `Stream ${name} under account ${account} already exists.`);
}

export function couldNotFindShard(shard: string, stream: string, account: string): AwsError {
  return new AwsError(
    "ResourceNotFoundException",
    `Could not find shard ${shard} in stream ${stream} under account ${account}.`,
  );
}

export function shardDoesNotExist(shard: string, stream: string, account: string): AwsError {
  return new AwsError(
    "ResourceNotFoundException",
    `Shard ${shard} in stream ${stream} under account ${account} does not exist`,
  );
}

export function consumerNotFound(name: string, account: string): AwsError {
  return new AwsError("ResourceNotFoundException", `Consumer ${name}, account ${account} not found.`);
}

export function resourceNotFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message);
}

export function resourceInUse(message: string): AwsError {
  return new AwsError("ResourceInUseException", message);
}

export function rateExceeded(shard: string, stream: string, account: string): AwsError {
  return new AwsError(
    "ProvisionedThroughputExceededException",
    `Rate exceeded for shard ${shard} in stream ${stream} under account ${account}.`,
  );
}

export function limitExceeded(message: string): AwsError {
  return new AwsError("LimitExceededException", message);
}

export function expiredIterator(made: number, now: number): AwsError {
  return new AwsError(
    "ExpiredIteratorException",
    `Iterator expired. The iterator was created at time ${amazonTime(made)} while right now it is ${amazonTime(now)} which is further in the future than the tolerated delay of 300000 milliseconds.`,
  );
}

export function expiredNextToken(made: number, now: number): AwsError {
  return new AwsError(
    "ExpiredNextTokenException",
    `NextToken expired. The token was created at time ${amazonTime(made)} while right now it is ${amazonTime(now)} which is further in the future than the tolerated delay of 300000 milliseconds.`,
  );
}

const OF_KMS: Readonly<Record<string, string>> = {
  AccessDeniedException: "KMSAccessDeniedException",
  DisabledException: "KMSDisabledException",
  KMSInvalidStateException: "KMSInvalidStateException",
  NotFoundException: "KMSNotFoundException",
};

/** KMS's refusal as Kinesis passes it on. */
export function kmsRefusal(error: unknown): unknown {
  const code = error instanceof AwsError ? OF_KMS[error.code] : undefined;
  return code === undefined ? error : new AwsError(code, (error as AwsError).message);
}
