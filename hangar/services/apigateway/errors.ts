// Every error API Gateway returns, in AWS's words.

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

export function accessDenied(message: string): AwsError {
  return new AwsError("AccessDeniedException", message, { status: 403 });
}

export function noSuchApi(account: string, id: string): AwsError {
  return notFound(`Invalid API identifier specified ${account}:${id}`);
}

export function noSuchResource(): AwsError {
  return notFound("Invalid Resource identifier specified");
}

export function noSuchMethod(): AwsError {
  return notFound("Invalid Method identifier specified");
}

export function noSuchIntegration(): AwsError {
  return notFound("Invalid Integration identifier specified");
}

export function noSuchStatus(): AwsError {
  return notFound("Invalid Response status code specified");
}

/** Members that travel in the URI are named as they are, those of the body under `<operation>Input`. */
const LABELS = new Set(["restApiId", "resourceId", "statusCode", "responseType"]);

export function validationFailed(found: readonly Violation[], operation: string): AwsError {
  const input = `${operation.charAt(0).toLowerCase()}${operation.slice(1)}Input`;
  const sentences = found.map(({ path, message }) =>
    LABELS.has(path) ? message : message.replace(`at '${path}'`, `at '${input}.${path}'`),
  );
  const count = `${found.length} validation error${found.length === 1 ? "" : "s"} detected: `;
  return new AwsError("ValidationException", count + sentences.join("; "));
}
