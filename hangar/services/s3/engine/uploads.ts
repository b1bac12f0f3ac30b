// Multipart uploads under way: found, added to, and forgotten.

import { noSuchUpload, invalidArgument } from "../errors.ts";
import { findBucket, type BucketInput, type Found } from "../rules/find-bucket.ts";
import { objectKey, partKey, versionKey, type Context, type Part, type Upload } from "../store.ts";

export type UploadInput = BucketInput & { readonly Key: string; readonly UploadId: string };

export function findUpload(input: UploadInput, context: Context): { readonly found: Found; readonly upload: Upload } {
  const found = findBucket(input, context);
  const upload = found.store.uploads.get(versionKey(found.bucket.name, input.Key, input.UploadId));
  if (upload === undefined) throw noSuchUpload(input.UploadId);
  return { found, upload };
}

export function checkPartNumber(number: number): void {
  if (Number.isInteger(number) && number >= 1 && number <= 10_000) return;
  throw invalidArgument("Part number must be an integer between 1 and 10000, inclusive", "partNumber", String(number));
}

export function partsOf({ store }: Found, upload: Upload): Part[] {
  return [...store.parts.rows({ prefix: `${upload.id}\u0000` })];
}

/** Its parts' blobs stay where they are: other forks may hold them. */
export function forget({ store }: Found, upload: Upload): void {
  const parts = [...store.parts.keys({ prefix: `${upload.id}\u0000` })];
  for (const key of parts) store.parts.delete(key);
  store.uploads.delete(versionKey(upload.bucket, upload.key, upload.id));
}

export function putPart({ store }: Found, upload: Upload, part: Part): void {
  store.parts.put(partKey(upload.id, part.number), part);
}

/** A conditional completion conflicts with any write or deletion of its key since the upload began. */
export function noteUploads({ bucket, store }: Found, key: string): void {
  if (store.uploads.size === 0) return;
  const uploads = [...store.uploads.range({ prefix: `${objectKey(bucket.name, key)}\u0000` })];
  for (const [place, upload] of uploads) {
    if (upload.keyWritten !== true) store.uploads.put(place, { ...upload, keyWritten: true });
  }
}
