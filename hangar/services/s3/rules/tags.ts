// Tags of buckets and objects: their limits, and the x-amz-tagging header.

import { invalidArgument, invalidTag, s3Error } from "../errors.ts";
import type { Tag } from "../../../models/s3.d.ts";

const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html; buckets may have 50.
 * `system`: CloudFormation alone sets tags of AWS's own. */
export function checkTags(tags: readonly Tag[], most: 10 | 50, system = false): readonly Tag[] {
  const seen = new Set<string>();
  if (tags.length > most) {
    throw s3Error(
      "BadRequest",
      most === 10 ? "Object tags cannot be greater than 10" : "Bucket tag count cannot be greater than 50",
    );
  }
  for (const { Key: key, Value: value } of tags) {
    if (key.length === 0 || key.length > 128 || !ALLOWED.test(key)) {
      throw invalidTag("The TagKey you have provided is invalid", { TagKey: key });
    }
    if (value.length > 256 || !ALLOWED.test(value)) {
      throw invalidTag("The TagValue you have provided is invalid", { TagKey: key, TagValue: value });
    }
    if (key.startsWith("aws:") && !system) {
      const message =
        most === 50 ? "System tags cannot be added/updated by requester" : "Your TagKey cannot be prefixed with aws:";
      throw invalidTag(message, { TagKey: key });
    }
    if (seen.has(key)) throw invalidTag("Cannot provide multiple Tags with the same key", { TagKey: key });
    seen.add(key);
  }
  return tags;
}

/** `key1=value1&key2=value2`, URL-encoded. */
export function tagsOfHeader(header: string | undefined): readonly Tag[] | undefined {
  if (header === undefined || header === "") return undefined;
  const tags = [...new URLSearchParams(header)].map(([Key, Value]) => ({ Key, Value }));
  // What is encoded may be anything here, and is refused as a tag.
  const plain = header.replaceAll(/%[\da-f]{2}|&/gi, "");
  const isForm = ALLOWED.test(plain) && tags.every(({ Key }) => Key !== "");
  if (!isForm || new Set(tags.map((tag) => tag.Key)).size < tags.length) {
    const message =
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.";
    throw invalidArgument(message, "x-amz-tagging", header);
  }
  return checkTags(tags, 10);
}

export function tagCount(tags: readonly Tag[] | undefined): { readonly TagCount?: number } {
  return tags === undefined || tags.length === 0 ? {} : { TagCount: tags.length };
}
