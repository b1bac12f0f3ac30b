// Every error SNS returns, in AWS's words.

import { AwsError } from "../../kernel/aws-error.ts";

export function invalidParameter(reason: string): AwsError {
  return new AwsError("InvalidParameter", `Invalid parameter: ${reason}`);
}

/** A few messages go without the usual beginning. */
export function invalidParameterPlainly(message: string): AwsError {
  return new AwsError("InvalidParameter", message);
}

/** Message attributes. */
export function invalidParameterValue(message: string): AwsError {
  return new AwsError("ParameterValueInvalid", message);
}

function notFound(message: string): AwsError {
  return new AwsError("NotFound", message, { status: 404 });
}

export function topicDoesNotExist(): AwsError {
  return notFound("Topic does not exist");
}

export function subscriptionDoesNotExist(): AwsError {
  return notFound("Subscription does not exist");
}

export function applicationDoesNotExist(): AwsError {
  return notFound("PlatformApplication does not exist");
}

export function endpointDoesNotExist(): AwsError {
  return notFound("Endpoint does not exist");
}

/** What the tagging operations say. */
export function resourceDoesNotExist(): AwsError {
  return new AwsError("ResourceNotFound", "Resource does not exist", { status: 404 });
}

export function tagLimitExceeded(): AwsError {
  return new AwsError("TagLimitExceeded", "Could not complete request: tag quota of per resource exceeded");
}

export function endpointDisabled(): AwsError {
  return new AwsError("EndpointDisabled", "Endpoint is disabled");
}

export function applicationDisabled(): AwsError {
  return new AwsError("PlatformApplicationDisabled", "PlatformApplication is disabled");
}

export function emptyBatch(): AwsError {
  return new AwsError("EmptyBatchRequest", "The batch request doesn't contain any entries.");
}

export function tooManyEntries(): AwsError {
  return new AwsError("TooManyEntriesInBatchRequest", "The batch request contains more entries than permissible.");
}

export function batchTooLong(): AwsError {
  return new AwsError("BatchRequestTooLong", "The length of all the messages put together is more than the limit.");
}

export function idsNotDistinct(): AwsError {
  return new AwsError("BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
}

export function invalidEntryId(reason: string): AwsError {
  return new AwsError("InvalidBatchEntryId", `The Id of a batch entry in the batch request ${reason}`);
}

export function accessDenied(message: string): AwsError {
  return new AwsError("AuthorizationError", message, { status: 403 });
}

export function notAuthorized(): AwsError {
  return accessDenied("Not authorized to perform this operation on the requested resource");
}

/** What KMS refuses comes back under SNS's own names. */
export function keyRefused(error: AwsError): AwsError {
  switch (error.code) {
    case "NotFoundException":
      return new AwsError("KMSNotFound", error.message);
    case "DisabledException":
      return new AwsError("KMSDisabled", error.message);
    case "KMSInvalidStateException":
      return new AwsError("KMSInvalidState", error.message);
    case "AccessDeniedException":
      return new AwsError("KMSAccessDenied", error.message);
    default:
      return error;
  }
}

export function verificationFailed(): AwsError {
  return new AwsError("VerificationException", "The verification code is not correct.", {
    members: { Status: "Pending" },
  });
}
