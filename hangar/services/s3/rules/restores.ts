// How long archives take to bring an object back, by storage class and tier.

import { invalidArgument } from "../errors.ts";

export type Tier = "Expedited" | "Standard" | "Bulk";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The longest that AWS says each takes. https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html */
const LONGEST: Readonly<Record<string, Readonly<Partial<Record<Tier, number>>>>> = {
  GLACIER: { Expedited: 5 * MINUTE, Standard: 5 * HOUR, Bulk: 12 * HOUR },
  DEEP_ARCHIVE: { Standard: 12 * HOUR, Bulk: 48 * HOUR },
};

export function isArchived(storageClass: string): boolean {
  return storageClass in LONGEST;
}

export function isTier(name: string): name is Tier {
  return name === "Expedited" || name === "Standard" || name === "Bulk";
}

export function retrievalTime(storageClass: string, tier: Tier): number {
  const time = LONGEST[storageClass]?.[tier];
  if (time === undefined)
    throw invalidArgument("Retrieval option is not supported by this storage class", "Tier", tier);
  return time;
}
