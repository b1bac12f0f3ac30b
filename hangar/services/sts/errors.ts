// Every error STS returns, in AWS's words.

import { AwsError } from "../../kernel/aws-error.ts";

export function accessDenied(message: string): AwsError {
  return new AwsError("AccessDenied", message, { status: 403 });
}

export function validationError(message: string): AwsError {
  return new AwsError("ValidationError", message);
}

export function invalidParameterValue(message: string): AwsError {
  return new AwsError("InvalidParameterValue", message);
}

export function invalidIdentityToken(message: string): AwsError {
  return new AwsError("InvalidIdentityToken", message);
}

export function expiredToken(message: string): AwsError {
  return new AwsError("ExpiredTokenException", message);
}

export function malformedPolicy(): AwsError {
  return new AwsError("MalformedPolicyDocument", "Syntax errors in policy.");
}
