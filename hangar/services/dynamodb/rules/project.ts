// Cuts items down to the document paths that were asked for.

import type { AttributeValue, Item } from "./attribute-value.ts";
import { bindPath, checkOverlap, type Bindings, type BoundPath } from "./bindings.ts";
import { valueAt } from "./bound-condition.ts";
import { invalidExpression } from "./expression-tokens.ts";
import type { WrittenPath } from "./expression-tree.ts";

export function bindProjection(paths: readonly WrittenPath[], label: string, bindings: Bindings): readonly BoundPath[] {
  const bound = paths.map((path) => bindPath(path, label, bindings));
  checkOverlap(bound, (message) => invalidExpression(label, message));
  return bound;
}

/** A branch of the result while it grows; lists keep their elements by index until they are closed up. */
type Branch = { readonly members: Map<string | number, Branch | AttributeValue>; readonly list: boolean };

export function project(item: Item, paths: readonly BoundPath[]): Item {
  if (paths.every((path) => path.length === 1)) return projectTopLevel(item, paths);
  const root: Branch = { members: new Map(), list: false };
  for (const path of paths) {
    const value = valueAt(item, path);
    if (value !== undefined) graft(root, path, value);
  }
  return grown(root).M as Item;
}

function projectTopLevel(item: Item, paths: readonly BoundPath[]): Item {
  const out: Record<string, AttributeValue> = {};
  for (const path of paths) {
    const name = path[0] as string;
    if (Object.hasOwn(item, name)) out[name] = item[name] as AttributeValue;
  }
  return out;
}

function graft(root: Branch, path: BoundPath, value: AttributeValue): void {
  let branch = root;
  for (let index = 0; index < path.length - 1; index += 1) {
    const part = path[index] as string | number;
    let next = branch.members.get(part) as Branch | undefined;
    if (next === undefined) {
      next = { members: new Map(), list: typeof path[index + 1] === "number" };
      branch.members.set(part, next);
    }
    branch = next;
  }
  branch.members.set(path.at(-1) as string | number, value);
}

function isBranch(part: Branch | AttributeValue): part is Branch {
  return "members" in part && part.members instanceof Map;
}

function grown(branch: Branch): AttributeValue {
  const finished = [...branch.members].map(
    ([part, member]) => [part, isBranch(member) ? grown(member) : member] as const,
  );
  if (!branch.list) return { M: Object.fromEntries(finished) };
  return { L: finished.toSorted(([left], [right]) => Number(left) - Number(right)).map(([, value]) => value) };
}
