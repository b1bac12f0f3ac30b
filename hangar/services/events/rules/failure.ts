// Why a delivery failed, in the words of the dead letter's attributes, and whether another try may mend it. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html

import type { AwsError } from "../../../kernel/aws-error.ts";

/** What the target's side has against it for good is not tried again. */
export function isFinal({ code, fault }: AwsError): boolean {
  return code === "NotEmulated" || (fault === "client" && !isThrottling(code));
}

function isThrottling(code: string): boolean {
  return /thrott|TooManyRequests|LimitExceeded|SlowDown/i.test(code);
}

export function errorCodeOf({ code, fault, message }: AwsError): string {
  if (isThrottling(code)) return "THROTTLING";
  if (/AssumeRole/.test(message)) return "FAILED_TO_ASSUME_ROLE";
  if (/AccessDenied|AuthorizationError|NotAuthorized/.test(code)) return "NO_PERMISSIONS";
  if (/NotFound|DoesNotExist|NoSuch/.test(code)) return "NO_RESOURCE";
  if (/Invalid|Validation|Missing|Malformed/.test(code)) return "INVALID_PARAMETER";
  if (code === "NotEmulated") return "UNKNOWN";
  return fault === "server" ? "ERROR_FROM_TARGET" : "SDK_CLIENT_ERROR";
}
