// How deep an update may leave an item: a value can be put into another that is deep already.

import { validation } from "../errors.ts";
import type { AttributeValue, Item } from "./attribute-value.ts";
import type { BoundAction } from "./bind-update.ts";

const MAX_LEVELS = 32;

/** Looks only where an update changed something inside of an attribute. */
export function checkLevels(item: Item, actions: readonly BoundAction[]): void {
  for (const { path } of actions) {
    if (path.length > 1 && levelsOf(item[path[0] as string]) > MAX_LEVELS)
      throw validation("Nesting Levels have exceeded supported limits");
  }
}

function levelsOf(value: AttributeValue | undefined): number {
  const members = value?.L ?? (value?.M === undefined ? [] : Object.values(value.M));
  return 1 + members.reduce((deepest, member) => Math.max(deepest, levelsOf(member)), 0);
}
