// Which names S3 takes for buckets.

import { isRegion } from "../../../kernel/regions.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function isBucketName(name: string): boolean {
  if (name.length < 3 || name.length > 63) return false;
  if (!/^[a-z0-9][a-z0-9.-]*[a-z0-9]$/.test(name)) return false;
  if (/\.[.-]|-\./.test(name) || /^\d+\.\d+\.\d+\.\d+$/.test(name)) return false;
  if (/^(xn--|sthree-|amzn-s3-demo-)/.test(name)) return false;
  return !/(-s3alias|--ol-s3|\.mrap|--table-s3)$/.test(name);
}

/** How the names of an account's own namespace end. */
export function accountSuffix(account: string, region: string): string {
  return `-${account}-${region}-an`;
}

/** Whether a name is of some account's own namespace. */
export function isAccountName(name: string): boolean {
  const region = /-\d{12}-([a-z0-9-]+)-an$/.exec(name)?.[1];
  return region !== undefined && isRegion(region);
}
