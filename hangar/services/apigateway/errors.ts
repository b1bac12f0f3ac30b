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

export function limitExceeded(things: string): AwsError {
  return new AwsError(
    "LimitExceededException",
    `Maximum number of ${things} for this API has been reached. Please contact AWS if you need additional ${things}.`,
    { status: 429 },
  );
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

/** AWS lists the values of an enum in an order of its own, as recorded. */
const VALUE_SETS = [
  "add, remove, move, test, replace, copy",
  "HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS",
  "PRIVATE, EDGE, REGIONAL",
  "RESPONSE_BODY, RESPONSE, METHOD, MODEL, AUTHORIZER, RESPONSE_HEADER, RESOURCE, PATH_PARAMETER, REQUEST_BODY, QUERY_PARAMETER, API, REQUEST_HEADER",
  "REQUEST_TOO_LARGE, RESOURCE_NOT_FOUND, AUTHORIZER_CONFIGURATION_ERROR, MISSING_AUTHENTICATION_TOKEN, BAD_REQUEST_BODY, INVALID_SIGNATURE, INVALID_API_KEY, BAD_REQUEST_PARAMETERS, AUTHORIZER_FAILURE, UNAUTHORIZED, INTEGRATION_TIMEOUT, ACCESS_DENIED, DEFAULT_4XX, DEFAULT_5XX, WAF_FILTERED, QUOTA_EXCEEDED, THROTTLED, API_CONFIGURATION_ERROR, UNSUPPORTED_MEDIA_TYPE, INTEGRATION_FAILURE, EXPIRED_TOKEN",
];
const recordedOrder = new Map(VALUE_SETS.map((text) => [inOrder(text), text]));

function inOrder(values: string): string {
  return values.split(", ").toSorted().join(", ");
}

export function validationFailed(found: readonly Violation[], operation: string): AwsError {
  const input = `${operation.charAt(0).toLowerCase()}${operation.slice(1)}Input`;
  const sentences = [
    ...found.filter((each) => !LABELS.has(each.path)),
    ...found.filter((each) => LABELS.has(each.path)),
  ]
    .map((each) => (LABELS.has(each.path) ? each.message : bodySentence(each, input)))
    .map((text) =>
      text.replace(/(?<=enum value set: \[)[^\]]+/, (values) => recordedOrder.get(inOrder(values)) ?? values),
    );
  const count = `${found.length} validation error${found.length === 1 ? "" : "s"} detected: `;
  return new AwsError("ValidationException", count + sentences.join("; "));
}

/** A list of enum values is shown and judged as a whole. */
function bodySentence({ path, message, kind, value }: Violation, input: string): string {
  const list = kind === "enum" ? /^(.*\.types)\.\d+\.member$/.exec(path)?.[1] : undefined;
  if (list === undefined) return message.replace(`at '${path}'`, `at '${input}.${path}'`);
  const rule = message.slice(message.indexOf("Member must"));
  return `Value '[${String(value)}]' at '${input}.${list}' failed to satisfy constraint: Member must satisfy constraint: [${rule}]`;
}
