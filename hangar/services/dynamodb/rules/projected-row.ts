// The row of an item in an index: the attributes that the index holds.

import { itemSize } from "./item-size.ts";
import type { IndexSchema } from "./table-schema.ts";
import type { Item, ItemRow } from "../store.ts";

/** The very same row for indexes that hold all attributes: it takes no memory of its own. */
export function projectedRow(index: IndexSchema, row: ItemRow): ItemRow {
  const item = projectedItem(index, row.item);
  return item === row.item ? row : { item, size: itemSize(item) };
}

function projectedItem(index: IndexSchema, item: Item): Item {
  const { projected } = index;
  if (projected === undefined) return item;
  const out: Record<string, Item[string]> = {};
  for (const name of projected) {
    const value = Object.hasOwn(item, name) ? item[name] : undefined;
    if (value !== undefined) out[name] = value;
  }
  return out;
}
