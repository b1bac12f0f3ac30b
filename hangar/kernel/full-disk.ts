// A disk that has no room: not a bug of ours, and over as soon as somebody makes some.

import { tmpdir } from "node:os";
import { AwsError } from "./aws-error.ts";

/** Whether the system refused to write for want of room, on the disk or in its user's share of it. */
export function isFullDisk(error: unknown): error is NodeJS.ErrnoException {
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOSPC" || code === "EDQUOT";
}

/** What the caller is told, in the service's own word for what is not his fault. */
export function fullDisk(directory: string | undefined, { code }: NodeJS.ErrnoException, where: string): AwsError {
  const message = `The disk of ${directory ?? tmpdir()} is full (${code}). Make room and try again.`;
  return new AwsError(where.startsWith("s3:") ? "InternalError" : "InternalFailure", message, { status: 500 });
}
