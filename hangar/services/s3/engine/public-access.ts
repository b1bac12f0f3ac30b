// Which public access is blocked for a request: the bucket's, its account's and the access point's settings together.

import type { PublicAccessBlock } from "../../../ports/storage.ts";
import type { Found } from "../rules/find-bucket.ts";
import { sharedStore, type Bucket, type Context } from "../store.ts";

type Stores = Pick<Context, "storeAt">;
type Setting = keyof PublicAccessBlock;

export function accountBlock(context: Stores, account: string): PublicAccessBlock | undefined {
  return sharedStore(context).accountBlocks.get(account);
}

/** The strictest counts. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
export function isBlocked(context: Stores, { bucket, accessPoint }: Blockable, setting: Setting): boolean {
  return (
    bucket.publicAccessBlock?.[setting] === true ||
    accessPoint?.block[setting] === true ||
    accountBlock(context, bucket.account)?.[setting] === true
  );
}

type Blockable = { readonly bucket: Bucket; readonly accessPoint?: Found["accessPoint"] };
