// Tags of buckets and access points, as S3 Control takes and refuses them.

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { Tag } from "../../../models/s3control.d.ts";
import { invalidRequest, invalidTag, tooManyTags } from "../errors.ts";

const INVALID =
  "This request contains a tag key or value that isn't valid. Valid characters include the following: [a-zA-Z+-=._:/]. Tag keys can contain up to 128 characters. Tag values can contain up to 256 characters.";
const MOST = 50;

export function invalidTags(): ReturnType<typeof invalidTag> {
  return invalidTag(INVALID);
}

/** What the model says of single tags is checked before. */
export function checkTags(tags: readonly Tag[]): readonly Tag[] {
  if (tags.some(({ Key: key }) => key.startsWith("aws:"))) {
    throw invalidTag(
      'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.',
    );
  }
  if (new Set(tags.map(({ Key: key }) => key)).size < tags.length) {
    throw invalidTag("There are duplicate tag keys in your request. Remove the duplicate tag keys and try again.");
  }
  return tags;
}

export function checkJobTags(tags: readonly Tag[]): readonly Tag[] {
  if (tags.length > MOST) throw tooManyTags();
  return checkTags(tags);
}

export function withTags(present: readonly Tag[], given: readonly Tag[]): readonly Tag[] {
  const tags = new Map([...present, ...given].map((tag) => [tag.Key, tag]));
  if (tags.size > MOST) throw invalidTag(`The resource can have at most ${MOST} tags.`);
  return [...tags.values()];
}

const UNKNOWN = /^arn:[^:]+:(?:s3express:|s3:[^:]*:[^:]*:(?:storage-lens|access-grants|job\/))/;

/** Only buckets and access points have tags here. */
export function checkResource(arn: string): string {
  if (!/^arn:[^:]+:s3(express)?:/.test(arn)) throw invalidRequest("The specified resource ARN is not valid.");
  if (UNKNOWN.test(arn)) throw notEmulated(`tags of ${arn}`);
  return arn;
}
