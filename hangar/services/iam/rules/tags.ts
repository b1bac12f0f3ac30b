// Tags of IAM's entities: keys are compared without case and keep the case they were first given.

import { invalidInput, limitExceeded } from "../errors.ts";
import type { Tag } from "../store.ts";

const LIMIT = 50;

export function checkedTags(tags: readonly Tag[] | undefined): readonly Tag[] {
  return mergedTags([], tags ?? []);
}

export function mergedTags(present: readonly Tag[], added: readonly Tag[]): readonly Tag[] {
  const keys = added.map((tag) => tag.Key.toLowerCase());
  if (new Set(keys).size < keys.length)
    throw invalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  const kept = present.filter((tag) => !keys.includes(tag.Key.toLowerCase()));
  const all = [...kept, ...added.map(({ Key, Value }) => ({ Key, Value }))];
  if (all.length > LIMIT) throw limitExceeded(`The number of tags has reached the maximum limit.`);
  return all;
}

export function withoutTags(present: readonly Tag[], keys: readonly string[]): readonly Tag[] {
  const gone = new Set(keys.map((key) => key.toLowerCase()));
  return present.filter((tag) => !gone.has(tag.Key.toLowerCase()));
}
