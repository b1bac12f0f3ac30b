// Tags of pools: what AWS takes.

import { invalidParameter } from "../errors.ts";

const MOST = 50;

export function checkTags(tags: Readonly<Record<string, string>>): void {
  if (Object.keys(tags).length > MOST) throw invalidParameter(`A resource may have at most ${MOST} tags.`);
  if (Object.keys(tags).some((key) => key.toLowerCase().startsWith("aws:")))
    throw invalidParameter("Tag keys may not begin with aws:.");
}
