// Every error S3 Control returns, in AWS's words.

import { AwsError } from "../../kernel/aws-error.ts";

export function accessDenied(message = "Access Denied"): AwsError {
  return new AwsError("AccessDenied", message, { status: 403 });
}

export function invalidRequest(message: string): AwsError {
  return new AwsError("InvalidRequest", message);
}

export function malformedXml(): AwsError {
  const message = "The XML you provided was not well-formed or did not validate against our published schema";
  return new AwsError("MalformedXML", message);
}

/** Names are read as part of a URI. */
export function invalidUri(uri: string): AwsError {
  return new AwsError("InvalidURI", "Couldn't parse the specified URI.", { members: { URI: uri } });
}

export function invalidTag(message: string): AwsError {
  return new AwsError("InvalidTag", message);
}

export function noSuchAccessPointPolicy(name: string): AwsError {
  const members = { AccessPointName: name };
  return new AwsError("NoSuchAccessPointPolicy", "The specified accesspoint policy does not exist", {
    status: 404,
    members,
  });
}

export function noSuchPublicAccessBlockConfiguration(account: string): AwsError {
  return new AwsError("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found", {
    status: 404,
    members: { AccountId: account },
  });
}

export function notFound(): AwsError {
  return new AwsError("NotFoundException", "The specified job does not exist.", { status: 404 });
}

export function jobStatus(message: string): AwsError {
  return new AwsError("JobStatusException", message);
}

export function idempotency(): AwsError {
  const message = "The client request token was used before with other parameters.";
  return new AwsError("IdempotencyException", message);
}

/** A function's own code for a task that it did not do. */
export function taskFailure(code: string, message: string): AwsError {
  return new AwsError(code, message, { status: 200 });
}

export function tooManyTags(): AwsError {
  return new AwsError("TooManyTagsException", "A job can have at most 50 tags.");
}

export function noSuchResource(): AwsError {
  return new AwsError("NoSuchResource", "The specified resource doesn't exist.", { status: 404 });
}
