// Every error API Gateway V2 returns, in AWS's words where they are known.

import type { Violation } from "../../cloud/service.ts";
import { AwsError } from "../../kernel/aws-error.ts";

export function badRequest(message: string): AwsError {
  return new AwsError("BadRequestException", message);
}

export function conflict(message: string): AwsError {
  return new AwsError("ConflictException", message, { status: 409 });
}

export function notFound(message: string): AwsError {
  return new AwsError("NotFoundException", message, { status: 404 });
}

export function limitExceeded(things: string): AwsError {
  return new AwsError(
    "TooManyRequestsException",
    `Maximum number of ${things} for this API has been reached. Please contact AWS if you need additional ${things}.`,
    { status: 429 },
  );
}

export function noSuch(what: string, id: string): AwsError {
  return notFound(`Invalid ${what} identifier specified ${id}`);
}

export function accessDenied(message: string): AwsError {
  return new AwsError("AccessDeniedException", message, { status: 403 });
}

export function validationFailed(violations: readonly Violation[]): AwsError {
  const count = `${violations.length} validation error${violations.length === 1 ? "" : "s"} detected: `;
  return badRequest(count + violations.map((each) => each.message).join("; "));
}
