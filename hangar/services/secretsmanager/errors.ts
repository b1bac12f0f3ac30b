// Every error Secrets Manager returns, in AWS's words.

import { AwsError } from "../../kernel/aws-error.ts";

export function secretNotFound(): AwsError {
  return new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
}

export function valueNotFound(what: string): AwsError {
  return new AwsError("ResourceNotFoundException", `Secrets Manager can't find the specified secret value for ${what}`);
}

export function secretExists(name: string): AwsError {
  return new AwsError("ResourceExistsException", `The operation failed because the secret ${name} already exists.`);
}

export function tokenInUse(token: string, arn: string): AwsError {
  return new AwsError(
    "ResourceExistsException",
    `You can't use ClientRequestToken ${token} because that value is already in use for a version of secret ${arn}.`,
  );
}

export function invalidRequest(message: string): AwsError {
  return new AwsError("InvalidRequestException", message);
}

export function markedForDeletion(): AwsError {
  return invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
}

export function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}

export function validationException(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

export function malformedPolicy(): AwsError {
  return new AwsError("MalformedPolicyDocumentException", "This resource policy contains invalid Json");
}

export function publicPolicy(): AwsError {
  return new AwsError(
    "PublicPolicyException",
    "This resource policy grants broad access to the secret. To save it, don't block public policies.",
  );
}

export function invalidNextToken(): AwsError {
  return new AwsError("InvalidNextTokenException", "The specified token is not valid.");
}

export function limitExceeded(message: string): AwsError {
  return new AwsError("LimitExceededException", message);
}

export function cannotInvoke(): AwsError {
  return new AwsError(
    "AccessDeniedException",
    "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.",
  );
}
