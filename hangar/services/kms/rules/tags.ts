// Tags of keys.

import { tagException } from "../errors.ts";
import type { Tag } from "../store.ts";

export function mergedTags(present: readonly Tag[], added: readonly Tag[]): readonly Tag[] {
  const keys = added.map((tag) => tag.TagKey);
  if (new Set(keys).size < keys.length) throw tagException("Duplicate tag keys");
  if (keys.some((key) => key.toLowerCase().startsWith("aws:")))
    throw tagException("Tags beginning with aws: are reserved");
  const values = new Map([...present, ...added].map(({ TagKey, TagValue }) => [TagKey, TagValue]));
  if (values.size > 50) throw tagException("Too many tags");
  return [...values].map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
}
