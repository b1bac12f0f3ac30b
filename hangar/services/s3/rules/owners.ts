// Canonical user ids: how S3 names accounts in owners and grants.

import { createHash } from "node:crypto";
import type { Owner } from "../../../models/s3.d.ts";

const known = new Map<string, Owner>();

/** AWS's are opaque; ours follow from the account. */
export function ownerOf(account: string): Owner {
  let owner = known.get(account);
  if (owner === undefined) {
    owner = { ID: createHash("sha256").update(`canonical user of ${account}`).digest("hex") };
    known.set(account, owner);
  }
  return owner;
}

export function canonicalId(account: string): string {
  return ownerOf(account).ID ?? "";
}
