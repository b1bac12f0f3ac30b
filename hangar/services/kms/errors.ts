// Every error KMS returns, in AWS's words.

import { AwsError } from "../../kernel/aws-error.ts";

export function notFound(message: string): AwsError {
  return new AwsError("NotFoundException", message);
}

export function disabled(arn: string): AwsError {
  return new AwsError("DisabledException", `${arn} is disabled.`);
}

export function invalidState(message: string): AwsError {
  return new AwsError("KMSInvalidStateException", message);
}

export function invalidKeyUsage(message: string): AwsError {
  return new AwsError("InvalidKeyUsageException", message);
}

/** AWS says nothing more than the code. */
export function invalidCiphertext(): AwsError {
  return new AwsError("InvalidCiphertextException", "");
}

export function incorrectKey(): AwsError {
  return new AwsError(
    "IncorrectKeyException",
    "The key ID in the request does not identify a CMK that can perform this operation.",
  );
}

export function invalidSignature(): AwsError {
  return new AwsError("KMSInvalidSignatureException", "");
}

export function invalidMac(): AwsError {
  return new AwsError("KMSInvalidMacException", "");
}

export function alreadyExists(message: string): AwsError {
  return new AwsError("AlreadyExistsException", message);
}

export function validationException(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

export function unsupported(message: string): AwsError {
  return new AwsError("UnsupportedOperationException", message);
}

export function malformedPolicy(message: string): AwsError {
  return new AwsError("MalformedPolicyDocumentException", message);
}

export function tagException(message: string): AwsError {
  return new AwsError("TagException", message);
}

export function limitExceeded(message: string): AwsError {
  return new AwsError("LimitExceededException", message);
}

export function invalidMarker(): AwsError {
  return new AwsError("InvalidMarkerException", "The marker is invalid.");
}

export function invalidGrantId(): AwsError {
  return new AwsError("InvalidGrantIdException", "The grant ID is invalid.");
}

export function invalidGrantToken(): AwsError {
  return new AwsError("InvalidGrantTokenException", "The grant token is invalid.");
}

export function dryRun(): AwsError {
  return new AwsError("DryRunOperationException", "The request would have succeeded, but the DryRun option is set.");
}

export function accessDenied(message: string): AwsError {
  return new AwsError("AccessDeniedException", message);
}

export function notAuthorized(): AwsError {
  return new AwsError("NotAuthorizedException", "");
}
