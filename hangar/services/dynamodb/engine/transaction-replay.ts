// A transaction of writes that comes again with its token: what was done is not done again, and costs the reading of its items.

import { addUnits, noUnits, readUnits, showUnits, type ShownCapacity, type Units } from "../rules/capacity.ts";
import { itemKey } from "../rules/item-key.ts";
import type { DynamoContext, Item } from "../store.ts";
import { findTable, type FoundTable } from "./find-table.ts";
import type { Part } from "./transaction.ts";

/** Units of reading, as of now, what the parts once wrote. */
export function replayCapacities(
  context: DynamoContext,
  parts: readonly Part[],
  detail: string | undefined,
): readonly ShownCapacity[] {
  const tables = new Map<string, { readonly found: FoundTable; readonly units: Units }>();
  for (const part of parts) {
    const found = findTable(context, part.table);
    const { units } = tables.get(found.table.name) ?? { units: noUnits() };
    const item = part.kind === "Put" ? part.read.row.item : part.read.key;
    // Reads of transactions are consistent and made twice.
    addUnits(units, { table: readUnits(sizeNow(found, item), true), indexes: new Map() }, 2);
    tables.set(found.table.name, { found, units });
  }
  return [...tables.values()].flatMap(
    ({ found, units }) =>
      showUnits(found.table.name, found.schema, units, { detail, transaction: "ReadCapacityUnits" }) ?? [],
  );
}

/** The table may be another one by now, with another key. */
function sizeNow({ schema, store }: FoundTable, item: Item): number {
  const fits = schema.attributes.every(
    ({ name, type }) => Object.hasOwn(item, name) && item[name]?.[type] !== undefined,
  );
  return fits ? (store.items.get(itemKey(schema, item))?.size ?? 0) : 0;
}
