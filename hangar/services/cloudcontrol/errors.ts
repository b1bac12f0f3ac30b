// Every error Cloud Control returns, in AWS's words.

import { AwsError } from "../../kernel/aws-error.ts";

export function resourceMissing(type: string, identifier: string): AwsError {
  return new AwsError(
    "ResourceNotFoundException",
    `Resource of type '${type}' with identifier '${identifier}' was not found.`,
  );
}

export function typeMissing(type: string): AwsError {
  return new AwsError("TypeNotFoundException", `The type '${type}' cannot be found.`);
}

export function unsupportedAction(type: string, action: string): AwsError {
  return new AwsError("UnsupportedActionException", `Resource type ${type} does not support ${action} action`);
}

export function requestMissing(token: string): AwsError {
  return new AwsError("RequestTokenNotFoundException", `Request with token ${token} was not found`);
}

export function invalidRequest(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
