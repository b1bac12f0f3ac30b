// The columns of a SELECT: a path's value stands under the path's last name.

import type { Item } from "../attribute-value.ts";
import type { BoundPath } from "../bindings.ts";
import { valueAt } from "../bound-condition.ts";

/** `a.b[0]` is the column `b[0]`. */
export function columnName(path: BoundPath): string {
  let name = "";
  for (const part of path) name = typeof part === "number" ? `${name}[${part}]` : part;
  return name;
}

/** What is missing from an item is missing from its row. */
export function rowOf(item: Item, columns: readonly (readonly [string, BoundPath])[]): Item {
  return Object.fromEntries(
    columns.flatMap(([name, path]) => {
      const value = valueAt(item, path);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
