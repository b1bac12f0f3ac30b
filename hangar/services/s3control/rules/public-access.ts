// Public access settings: what a request leaves out is off, and an access point that says nothing blocks all.

import type { PublicAccessBlockConfiguration } from "../../../models/s3control.d.ts";
import type { PublicAccessBlock } from "../../../ports/storage.ts";

export function blockOf(given: PublicAccessBlockConfiguration | undefined, unsaid: boolean): PublicAccessBlock {
  const off = given === undefined ? unsaid : false;
  return {
    BlockPublicAcls: given?.BlockPublicAcls ?? off,
    IgnorePublicAcls: given?.IgnorePublicAcls ?? off,
    BlockPublicPolicy: given?.BlockPublicPolicy ?? off,
    RestrictPublicBuckets: given?.RestrictPublicBuckets ?? off,
  };
}
