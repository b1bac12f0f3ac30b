// Limits of tags.

import { invalidParameter } from "../errors.ts";

const MAX_TAGS = 50;

export function checkTagCount(tags: Readonly<Record<string, string>>): void {
  if (Object.keys(tags).length > MAX_TAGS) throw invalidParameter("Number of tags exceeds resource tag limit.");
}
