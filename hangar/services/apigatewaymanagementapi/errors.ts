// Every error that calls about connections return, in AWS's words.

import type { Violation } from "../../cloud/service.ts";
import { AwsError } from "../../kernel/aws-error.ts";

/** AWS sends no words with it. */
export function gone(): AwsError {
  return new AwsError("GoneException", "", { status: 410 });
}

/** The model does not know it, AWS sends it. */
export function invalidConnectionId(id: string): AwsError {
  return new AwsError("BadRequestException", `Invalid connectionId: ${id}`);
}

export function accessDenied(message: string): AwsError {
  return new AwsError("ForbiddenException", message, { status: 403 });
}

/** Longer data than a message may have is the one thing that the model tells. */
export function validationFailed(violations: readonly Violation[]): AwsError | undefined {
  if (!violations.some(({ member, kind }) => member === "Data" && kind === "length")) return undefined;
  return new AwsError("PayloadTooLargeException", "Message too long", { status: 413 });
}
