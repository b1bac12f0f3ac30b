// The three writes of one item, read from a request and worked out against what is stored, but not yet written.

import { conditionalCheckFailed, invalidParameter, validation } from "../errors.ts";
import { applyUpdate } from "../rules/apply-update.ts";
import { checkedItem, type Item } from "../rules/attribute-value.ts";
import type { BoundUpdate } from "../rules/bind-update.ts";
import { meets, type BoundCondition } from "../rules/bound-condition.ts";
import {
  checkConditionParameters,
  checkUpdateParameters,
  readCondition,
  readUpdate,
  type ConditionInput,
  type ReadCondition,
  type UpdateInput,
} from "../rules/item-conditions.ts";
import { checkIndexKeys, checkItemKeys, checkKey, itemKey } from "../rules/item-key.ts";
import { checkScalarKeys } from "../rules/scalar-keys.ts";
import { itemSize, MAX_ITEM_BYTES } from "../rules/item-size.ts";
import { writtenSize } from "../rules/written-size.ts";
import type { TableSchema } from "../rules/table-schema.ts";
import type { ItemRow } from "../store.ts";
import type { FoundTable } from "./find-table.ts";
import type { ItemChange } from "./write-item.ts";

/** What a request says, checked as far as it can be without its table. */
export type ReadPut = ReadCondition & { readonly row: ItemRow };
export type ReadKeyed = ReadCondition & { readonly key: Item; readonly update?: BoundUpdate | undefined };

const NOTHING: Item = {};
/** Sizes of keys are nobody's business. */
const NOT_MEASURED = { bytes: 0 };

/** ReturnValues of PutItem and DeleteItem. */
type Returning = { readonly ReturnValues?: string | undefined };

export function readPut(input: ConditionInput & Returning & { readonly Item: Item }): ReadPut {
  checkConditionParameters(input);
  const measure = { bytes: 0 };
  const item = checkedItem(input.Item, measure);
  checkReturnValues(input);
  const { condition, nested } = readCondition(input);
  return { row: { item, size: measure.bytes }, condition, nested };
}

export function readItem(given: Item): ItemRow {
  const measure = { bytes: 0 };
  const item = checkedItem(given, measure);
  const row = { item, size: measure.bytes };
  checkItemSize(row);
  return row;
}

export function checkItemSize({ size }: ItemRow): void {
  if (size > MAX_ITEM_BYTES) throw validation("Item size has exceeded the maximum allowed size");
}

function checkReturnValues({ ReturnValues: values }: Returning): void {
  if (values !== undefined && values !== "ALL_OLD" && values !== "NONE")
    throw validation("ReturnValues can only be ALL_OLD or NONE");
}

export function readKeyed(input: ConditionInput & Returning & { readonly Key: Item }): ReadKeyed {
  checkConditionParameters(input);
  const key = checkedItem(input.Key, NOT_MEASURED);
  checkReturnValues(input);
  const { condition, nested } = readCondition(input);
  return { key, condition, nested };
}

export function readUpdateOf(input: UpdateInput & { readonly Key: Item }): ReadKeyed {
  checkUpdateParameters(input);
  const key = checkedItem(input.Key, NOT_MEASURED);
  return { key, ...readUpdate(input, "condition") };
}

/** Transactions look at expressions before the key. */
export function readKeyedPart(input: ConditionInput & { readonly Key: Item }): ReadKeyed {
  checkConditionParameters(input);
  const { condition, nested } = readCondition(input);
  return { key: checkedItem(input.Key, NOT_MEASURED), condition, nested };
}

export function readUpdatePart(input: UpdateInput & { readonly Key: Item }): ReadKeyed {
  checkUpdateParameters(input);
  const read = readUpdate(input, "update");
  return { key: checkedItem(input.Key, NOT_MEASURED), ...read };
}

/** Throws ConditionalCheckFailedException; `show` gives the item that did not meet the condition. */
export function checkCondition(
  condition: BoundCondition | undefined,
  before: ItemRow | undefined,
  show: string | undefined,
): void {
  if (condition === undefined || meets(before?.item ?? NOTHING, condition)) return;
  throw conditionalCheckFailed(show === "ALL_OLD" ? before?.item : undefined);
}

export function putChange({ schema, store }: FoundTable, { row, nested }: ReadPut): ItemChange {
  checkItemKeys(schema, row.item);
  checkScalarKeys(schema, nested);
  const key = itemKey(schema, row.item);
  return { key, before: store.items.get(key), after: row };
}

export function deleteChange({ schema, store }: FoundTable, { key: given, nested }: ReadKeyed): ItemChange {
  checkKey(schema, given);
  checkScalarKeys(schema, nested);
  const key = itemKey(schema, given);
  return { key, before: store.items.get(key), after: undefined };
}

/** Key and present item; the update itself is applied when its condition is known to hold. */
export function updateTarget(
  { schema, store }: FoundTable,
  { key: given, update, nested }: ReadKeyed,
): { readonly key: string; readonly before: ItemRow | undefined } {
  checkKey(schema, given);
  if (update !== undefined) checkUpdatedKeys(schema, update);
  checkScalarKeys(schema, nested);
  const key = itemKey(schema, given);
  return { key, before: store.items.get(key) };
}

/** UpdateItem alone has a second limit: on what its request writes. */
export function checkWritten({ update }: ReadKeyed, size: number): void {
  // A request that writes that much leaves a large item, or none that is worth the counting.
  if (update === undefined || update.legacy === true || size < MAX_ITEM_BYTES / 2) return;
  if (writtenSize(update) > MAX_ITEM_BYTES)
    throw validation("Item size to update has exceeded the maximum allowed size");
}

export function updatedRow(schema: TableSchema, read: ReadKeyed, before: ItemRow | undefined): ItemRow {
  const item =
    read.update === undefined ? (before?.item ?? read.key) : applyUpdate(before?.item ?? read.key, read.update);
  if (schema.indexes.length > 0) checkIndexKeys(schema, item, "update");
  const size = itemSize(item);
  if (size > MAX_ITEM_BYTES) throw validation("Item size to update has exceeded the maximum allowed size");
  return { item, size };
}

function checkUpdatedKeys(schema: TableSchema, update: BoundUpdate): void {
  for (const { path } of update.actions) {
    const name = path[0] as string;
    if (schema.attributes.some((attribute) => attribute.name === name)) {
      throw invalidParameter(`Cannot update attribute ${name}. This attribute is part of the key`);
    }
  }
}
