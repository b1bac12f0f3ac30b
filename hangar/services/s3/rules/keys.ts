// Which keys objects may have.

import { keyTooLong, s3Error } from "../errors.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
export function checkKey(key: string): void {
  checkKeyLength(key);
  if (key.includes("..") && leadsOut(key))
    throw s3Error("InvalidURI", "Couldn't parse the specified URI.", 400, { URI: key });
}

export function checkKeyLength(key: string): void {
  if (key.length <= 341) return;
  const size = Buffer.byteLength(key);
  if (size > 1024) throw keyTooLong(size);
}

/** Read from the left, `..` may never outnumber what it would climb out of. */
function leadsOut(key: string): boolean {
  let depth = 0;
  for (const segment of key.split("/")) {
    if (segment === "..") depth -= 1;
    else if (segment !== "" && segment !== ".") depth += 1;
    if (depth < 0) return true;
  }
  return false;
}
