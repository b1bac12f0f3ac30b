// Canonical user ids: how S3 names accounts in owners and grants.

import { createHash } from "node:crypto";
import type { Initiator, Owner } from "../../../models/s3.d.ts";
import type { Upload } from "../store.ts";

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

/** Users and sessions are named by their own ARNs. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Initiator.html */
export function initiatorOf({ initiator, initiatorArn }: Pick<Upload, "initiator" | "initiatorArn">): Initiator {
  return initiatorArn === undefined ? ownerOf(initiator) : { ID: initiatorArn };
}

export function canonicalId(account: string): string {
  return ownerOf(account).ID ?? "";
}
