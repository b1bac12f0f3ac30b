// Tags of tables and what they may be.

import { validation } from "../errors.ts";

const MAX_TAGS = 50;

export type Tag = { readonly Key: string; readonly Value: string };

export function checkTags(tags: readonly Tag[]): void {
  const seen = new Set<string>();
  for (const { Key: key } of tags) {
    if (seen.has(key)) throw validation(`Duplicate Tag Keys provided as input: Duplicate Tag Key found ${key}`);
    seen.add(key);
  }
  checkTagCount(tags.length);
}

export function checkTagCount(count: number): void {
  if (count > MAX_TAGS) throw validation("Number of Tags exceed the current limit for the provided ResourceArn");
}
