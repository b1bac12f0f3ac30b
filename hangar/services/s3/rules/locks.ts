// Object Lock: retention and legal holds, and what they forbid.

import { accessDenied, invalidArgument, invalidRequest } from "../errors.ts";
import type { Bucket, Lock, StoredObject } from "../store.ts";

const DAY = 86_400_000;

export type LockInput = {
  readonly ObjectLockMode?: string | undefined;
  readonly ObjectLockRetainUntilDate?: Date | undefined;
  readonly ObjectLockLegalHoldStatus?: string | undefined;
};

/** The lock a new version gets: the request's, else the bucket's default. */
export function lockFor(bucket: Bucket, input: LockInput, now: number): Lock | undefined {
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until, ObjectLockLegalHoldStatus: legalHold } = input;
  if ((mode === undefined) !== (until === undefined)) {
    const message = "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied";
    throw invalidArgument(
      message,
      mode === undefined ? "x-amz-object-lock-mode" : "x-amz-object-lock-retain-until-date",
    );
  }
  if (mode !== undefined && mode !== "GOVERNANCE" && mode !== "COMPLIANCE") {
    throw invalidArgument("Unknown wormMode directive.", "x-amz-object-lock-mode", mode);
  }
  if (until !== undefined && until.getTime() <= now) {
    throw invalidArgument(
      "The retain until date must be in the future!",
      "x-amz-object-lock-retain-until-date",
      until.toISOString(),
    );
  }
  if (legalHold !== undefined && legalHold !== "ON" && legalHold !== "OFF") {
    throw invalidArgument("Legal Hold must be either of 'ON' or 'OFF'", "x-amz-object-lock-legal-hold", legalHold);
  }
  const asked = mode !== undefined || legalHold !== undefined;
  if (asked && bucket.objectLock === undefined) throw invalidRequest("Bucket is missing Object Lock Configuration");
  if (mode !== undefined) return { mode, until: until?.getTime(), legalHold };
  const preset = bucket.objectLock?.Rule?.DefaultRetention;
  if (preset?.Mode === undefined) return legalHold === undefined ? undefined : { legalHold };
  const days = preset.Days ?? (preset.Years ?? 0) * 365;
  return { mode: preset.Mode, until: now + days * DAY, legalHold };
}

/** Throws when a version must not be removed or overwritten. */
export function checkRemovable(
  object: StoredObject,
  { bypass, now }: { readonly bypass: boolean; readonly now: number },
): void {
  const { lock } = object;
  if (lock === undefined) return;
  const held = lock.legalHold === "ON";
  const retained = lock.until !== undefined && lock.until > now && !(lock.mode === "GOVERNANCE" && bypass);
  if (held || retained) throw accessDenied("Access Denied because object protected by object lock.");
}

export function lockMembers(lock: Lock | undefined): {
  readonly ObjectLockMode?: string;
  readonly ObjectLockRetainUntilDate?: Date;
  readonly ObjectLockLegalHoldStatus?: string;
} {
  if (lock === undefined) return {};
  return {
    ...(lock.mode === undefined ? {} : { ObjectLockMode: lock.mode }),
    ...(lock.until === undefined ? {} : { ObjectLockRetainUntilDate: new Date(lock.until) }),
    ...(lock.legalHold === undefined ? {} : { ObjectLockLegalHoldStatus: lock.legalHold }),
  };
}

const PACIFIC = new Intl.DateTimeFormat("en-US", {
  timeZone: "America/Los_Angeles",
  weekday: "short",
  month: "short",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
  timeZoneName: "short",
  year: "numeric",
});

/** A date in the words of S3's errors: `Tue Dec 31 16:00:00 PST 2019`. */
export function pacificTime(date: Date): string {
  const parts = new Map(PACIFIC.formatToParts(date).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? "";
  const time = `${part("hour")}:${part("minute")}:${part("second")}`;
  return `${part("weekday")} ${part("month")} ${part("day")} ${time} ${part("timeZoneName")} ${part("year")}`;
}
