// What changed in a table during a period of its history: what incremental exports tell of.

import type { DynamoStore, ItemRow, TableRow } from "../store.ts";
import { changes, keyOfChange, secondOfChange, stateBefore } from "./history.ts";

export type PastChange = {
  /** Of the item, without its table's storage. */
  readonly key: string;
  readonly old: ItemRow | undefined;
  readonly now: ItemRow | undefined;
  /** Second of the last write in the period. */
  readonly at: number;
};

type Place = { readonly table: TableRow; readonly store: DynamoStore };

/** From one second on up to but without another: one entry for each item, in order of key; none for what came and went. */
export function changesBetween(place: Place, from: number, to: number): readonly PastChange[] {
  const { table, store } = place;
  const old = stateBefore(place, changes(table, from, to));
  const later = stateBefore(place, changes(table, to));
  const last = new Map<string, number>();
  for (const key of store.history.keys(changes(table, from, to)))
    last.set(keyOfChange(table, key), secondOfChange(table, key));
  return [...old.keys()].toSorted().flatMap((key) => {
    const change = {
      key,
      old: old.get(key),
      now: later.has(key) ? later.get(key) : store.items.get(table.storage + key),
      at: last.get(key) ?? from,
    };
    return change.old === undefined && change.now === undefined ? [] : [change];
  });
}
