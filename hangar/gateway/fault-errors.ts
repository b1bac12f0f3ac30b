// Which errors AWS may answer an operation with, and how each looks: what a test may ask a fault to be.

import type { ServiceModel } from "../models/model.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html (every service has this page). */
const COMMON: Readonly<Record<string, number>> = {
  AccessDeniedException: 400,
  ExpiredTokenException: 403,
  IncompleteSignature: 403,
  InternalFailure: 500,
  MalformedHttpRequestException: 400,
  NotAuthorized: 401,
  OptInRequired: 403,
  RequestAbortedException: 400,
  RequestEntityTooLargeException: 413,
  RequestExpired: 400,
  RequestTimeoutException: 408,
  ServiceUnavailable: 503,
  ThrottlingException: 400,
  UnrecognizedClientException: 403,
  ValidationException: 400,
};

/** The query protocols' own words for the same. */
const COMMON_OF_QUERY: Readonly<Record<string, number>> = { ...COMMON, AccessDenied: 403, Throttling: 400 };

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html: those that any operation may answer. */
const COMMON_OF_S3: Readonly<Record<string, number>> = {
  AccessDenied: 403,
  ExpiredToken: 400,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  OperationAborted: 409,
  RequestTimeout: 400,
  RequestTimeTooSkewed: 403,
  ServiceUnavailable: 503,
  SignatureDoesNotMatch: 403,
  SlowDown: 503,
};

/** S3's model lists few of the errors that its pages do. */
const S3_BY_OPERATION: readonly (readonly [RegExp, Readonly<Record<string, number>>])[] = [
  [/Bucket|Object|Upload|Part|Website/, { NoSuchBucket: 404 }],
  [/^(Get|Head|Copy|Restore)Object/, { NoSuchKey: 404, InvalidObjectState: 403 }],
  [/^(Put|Copy)Object$|Upload/, { EntityTooLarge: 400, PreconditionFailed: 412 }],
  [/Upload|Part/, { NoSuchUpload: 404 }],
];

/** As services name it, the likeliest first. */
const THROTTLES = [
  "ThrottlingException",
  "RequestThrottled",
  "TooManyRequestsException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
];

/** Names of what AWS may answer these operations of a service with: the modelled ones, and those of every operation. */
export function errorsOf(
  model: ServiceModel,
  operations: readonly string[],
): { readonly modelled: readonly string[]; readonly common: readonly string[] } {
  const listed = (name: string): readonly string[] => [
    ...(model.operations[name]?.errors ?? []),
    ...(model.service === "s3" ? S3_BY_OPERATION : []).flatMap(([pattern, errors]) =>
      pattern.test(name) ? Object.keys(errors) : [],
    ),
  ];
  const modelled = new Set(operations.flatMap(listed));
  return { modelled: [...modelled], common: Object.keys(commonOf(model)).filter((name) => !modelled.has(name)) };
}

/** The code on the wire and the HTTP status of an error. */
export function shownAs(model: ServiceModel, error: string): { readonly code: string; readonly status: number } {
  const shape = model.shapes[error];
  if (shape !== undefined && "error" in shape && shape.error !== undefined)
    return { code: shape.error.code ?? error, status: shape.error.status };
  const own = S3_BY_OPERATION.find(([, errors]) => error in errors)?.[1][error];
  const common = commonOf(model)[error] ?? own ?? 400;
  const denied = error === "AccessDeniedException" && !(model.protocols[0] ?? "").startsWith("awsJson");
  return { code: error, status: denied ? 403 : common };
}

/** What the service answers when an operation is called too often. */
export function throttleOf(model: ServiceModel, operation: string): string {
  if (model.service === "s3") return "SlowDown";
  const modelled = model.operations[operation]?.errors ?? [];
  const own = THROTTLES.find((name) => modelled.includes(name));
  return own ?? ("Throttling" in commonOf(model) ? "Throttling" : "ThrottlingException");
}

function commonOf(model: ServiceModel): Readonly<Record<string, number>> {
  if (model.service === "s3") return COMMON_OF_S3;
  return model.protocols.some((name) => name.endsWith("Query")) ? COMMON_OF_QUERY : COMMON;
}
