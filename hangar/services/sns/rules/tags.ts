// Tags of a topic.

import type { Tag } from "../../../models/sns.d.ts";
import { invalidParameter, tagLimitExceeded } from "../errors.ts";
import type { Tags } from "../store.ts";

const MOST = 50;

export function checkTags(tags: readonly Tag[]): void {
  if (new Set(tags.map((tag) => tag.Key)).size < tags.length)
    throw invalidParameter("Duplicated keys are not allowed.");
  if (tags.length > MOST) throw tagLimitExceeded();
}

export function tagsOf(tags: readonly Tag[]): Tags {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

export function withTags(present: Tags, added: readonly Tag[]): Tags {
  const next = { ...present, ...tagsOf(added) };
  if (Object.keys(next).length > MOST) throw tagLimitExceeded();
  return next;
}
