// The error codes of dead letters, and which failures are tried again.

import { expect, test } from "vitest";
import { AwsError, notEmulated } from "../../../kernel/aws-error.ts";
import { errorCodeOf, isFinal } from "./failure.ts";

test.each<[AwsError, string, boolean]>([
  [new AwsError("AccessDeniedException", "no", { status: 403 }), "NO_PERMISSIONS", true],
  [new AwsError("AuthorizationError", "no", { status: 403 }), "NO_PERMISSIONS", true],
  [
    new AwsError("AccessDenied", "not authorized to perform: sts:AssumeRole", { status: 403 }),
    "FAILED_TO_ASSUME_ROLE",
    true,
  ],
  [new AwsError("QueueDoesNotExist", "gone"), "NO_RESOURCE", true],
  [new AwsError("ResourceNotFoundException", "gone", { status: 404 }), "NO_RESOURCE", true],
  [new AwsError("InvalidParameterValue", "bad"), "INVALID_PARAMETER", true],
  [new AwsError("RequestThrottled", "slower"), "THROTTLING", false],
  [new AwsError("TooManyRequestsException", "slower", { status: 429 }), "THROTTLING", false],
  [new AwsError("ServiceUnavailable", "later", { status: 503 }), "ERROR_FROM_TARGET", false],
  [notEmulated("this"), "UNKNOWN", true],
])("%s is %s; for good: %s", (error, code, final) => {
  expect([errorCodeOf(error), isFinal(error)]).toEqual([code, final]);
});
