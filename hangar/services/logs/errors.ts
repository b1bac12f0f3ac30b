// Every error CloudWatch Logs returns, in AWS's words.

import type { Violation } from "../../cloud/service.ts";
import { AwsError } from "../../kernel/aws-error.ts";

export function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}

export function validationException(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

export function resourceNotFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message);
}

export function groupNotFound(): AwsError {
  return resourceNotFound("The specified log group does not exist.");
}

export function streamNotFound(): AwsError {
  return resourceNotFound("The specified log stream does not exist.");
}

export function alreadyExists(what: "group" | "stream"): AwsError {
  return new AwsError("ResourceAlreadyExistsException", `The specified log ${what} already exists`);
}

export function limitExceeded(): AwsError {
  return new AwsError("LimitExceededException", "Resource limit exceeded.");
}

export function accessDenied(message: string): AwsError {
  return new AwsError("AccessDeniedException", message);
}

const NAMES = new Set(["logGroupName", "logStreamName"]);

export function validationFailed(violations: readonly Violation[]): AwsError {
  const long = violations.find(
    (each) => each.kind === "length" && NAMES.has(each.member) && String(each.value).length > 512,
  );
  if (long !== undefined)
    return invalidParameter("Invalid LogGroup or LogStream, both must have length less than or equal to 512.");
  const count = `${violations.length} validation error${violations.length === 1 ? "" : "s"} detected: `;
  return invalidParameter(count + violations.map((each) => each.message).join("; "));
}
