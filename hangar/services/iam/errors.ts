// Every error IAM returns, in AWS's words.

import { AwsError } from "../../kernel/aws-error.ts";

export function noSuchEntity(message: string): AwsError {
  return new AwsError("NoSuchEntity", message, { status: 404 });
}

export function entityAlreadyExists(message: string): AwsError {
  return new AwsError("EntityAlreadyExists", message, { status: 409 });
}

export function deleteConflict(message: string): AwsError {
  return new AwsError("DeleteConflict", message, { status: 409 });
}

export function limitExceeded(message: string): AwsError {
  return new AwsError("LimitExceeded", message, { status: 409 });
}

export function malformedPolicyDocument(message: string): AwsError {
  return new AwsError("MalformedPolicyDocument", message);
}

export function invalidInput(message: string): AwsError {
  return new AwsError("InvalidInput", message);
}

export function unmodifiableEntity(message: string): AwsError {
  return new AwsError("UnmodifiableEntity", message);
}

export function validationError(message: string): AwsError {
  return new AwsError("ValidationError", message);
}

export function accessDenied(message: string): AwsError {
  return new AwsError("AccessDenied", message, { status: 403 });
}

export function invalidClientTokenId(): AwsError {
  return new AwsError("InvalidClientTokenId", "The security token included in the request is invalid.", {
    status: 403,
  });
}
