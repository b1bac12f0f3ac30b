// A transaction of writes: everything is checked against what is stored, then all of it is written or none.

import { tooLarge } from "./item-collections.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import type { TransactWriteItemsInput } from "../../../models/dynamodb.d.ts";
import {
  COLLECTION_TOO_LARGE,
  throttledReason,
  transactionCanceled,
  validation,
  type CancellationReason,
} from "../errors.ts";
import { addUnits, noUnits, writeUnits, type Units } from "../rules/capacity.ts";
import { meets } from "../rules/bound-condition.ts";
import type { DynamoContext, Item, ItemRow } from "../store.ts";
import { checkTransactable, findTable, type FoundTable } from "./find-table.ts";
import {
  checkItemSize,
  deleteChange,
  putChange,
  readKeyedPart,
  readPut,
  readUpdatePart,
  updatedRow,
  updateTarget,
  type ReadKeyed,
  type ReadPut,
} from "./item-writes.ts";
import { Draw, isEnforced } from "./throughput.ts";
import { projectedRow } from "../rules/projected-row.ts";
import { writeItem, type ItemChange } from "./write-item.ts";

export type Action = NonNullable<TransactWriteItemsInput["TransactItems"]>[number];

/** `insert`: an item that is there already is called a duplicate. */
export type Part =
  | {
      readonly kind: "Put";
      readonly table: string;
      readonly read: ReadPut;
      readonly show: string | undefined;
      readonly insert?: true;
    }
  | {
      readonly kind: "Update" | "Delete" | "ConditionCheck";
      readonly table: string;
      readonly read: ReadKeyed;
      readonly show: string | undefined;
    };

/** What a part comes to: the change it makes (a check makes none), or why it cancels everything. */
type Outcome = {
  readonly found: FoundTable;
  readonly key: string;
  readonly change?: ItemChange;
  readonly reason: CancellationReason;
};

const MAX_BYTES = 4 * 1024 * 1024;
const NONE: CancellationReason = { Code: "None" };

export type Written = { readonly found: FoundTable; readonly units: Units; readonly keys: readonly Item[] };

/** Answers what was done to each table, by name. */
export function runTransaction(context: DynamoContext, parts: readonly Part[]): ReadonlyMap<string, Written> {
  const size = parts.reduce((bytes, part) => bytes + (part.kind === "Put" ? part.read.row.size : 0), 0);
  if (size > MAX_BYTES)
    throw validation("The total size of all items in the transaction request exceeds the 4 MB limit");
  const found = parts.map((part) => findTable(context, part.table));
  for (const { table } of found) checkTransactable(table);
  const outcomes = parts.map((part, index) => outcomeOf(part, found[index] as FoundTable));
  const keys = outcomes.map((outcome) => outcome.key).filter((key) => key !== "");
  if (new Set(keys).size < keys.length)
    throw validation("Transaction request cannot include multiple operations on one item");
  if (outcomes.some((outcome) => outcome.reason !== NONE))
    throw transactionCanceled(outcomes.map((outcome) => outcome.reason));
  checkCollections(outcomes);
  if (isEnforced(context)) admit(context, outcomes);
  return commit(context, parts, outcomes);
}

function checkCollections(outcomes: readonly Outcome[]): void {
  const refused = tooLarge(outcomes.map(({ found, change }) => ({ schema: found.schema, store: found.store, change })));
  if (!refused.includes(true)) return;
  const reason = { Code: "ItemCollectionSizeLimitExceeded", Message: COLLECTION_TOO_LARGE };
  throw transactionCanceled(refused.map((large) => (large ? reason : NONE)));
}

/** Units of all parts, or of none. */
function admit(context: DynamoContext, outcomes: readonly Outcome[]): void {
  const draw = new Draw(context);
  const errors = outcomes.map((outcome) => draw.take(outcome.found, unitsOf(outcome), "Write"));
  if (errors.some((error) => error !== undefined))
    throw transactionCanceled(errors.map((error) => (error === undefined ? NONE : throttledReason(error))));
  draw.commit();
}

/** Two for each: one to prepare, one to commit. */
function unitsOf({ found, change, key }: Outcome): Units {
  const before = found.store.items.get(key);
  const units = noUnits();
  addUnits(units, writeUnits(found.schema, change ?? { before, after: before }, projectedRow), 2);
  return units;
}

export function readPart(action: Action): Part {
  const { Put: put, Update: update, Delete: remove, ConditionCheck: check } = action;
  if ([put, update, remove, check].filter((part) => part !== undefined).length !== 1) {
    throw validation("TransactItems can only contain one of Check, Put, Update or Delete");
  }
  if (put !== undefined) {
    const read = readPut(put);
    checkItemSize(read.row);
    return { kind: "Put", table: put.TableName, read, show: put.ReturnValuesOnConditionCheckFailure };
  }
  if (update !== undefined)
    return {
      kind: "Update",
      table: update.TableName,
      read: readUpdatePart(update),
      show: update.ReturnValuesOnConditionCheckFailure,
    };
  if (remove !== undefined)
    return {
      kind: "Delete",
      table: remove.TableName,
      read: readKeyedPart(remove),
      show: remove.ReturnValuesOnConditionCheckFailure,
    };
  const only = check as NonNullable<typeof check>;
  return {
    kind: "ConditionCheck",
    table: only.TableName,
    read: readKeyedPart(only),
    show: only.ReturnValuesOnConditionCheckFailure,
  };
}

/** Wrong types of keys cancel the transaction; empty keys and the like refuse the request as a whole. */
function outcomeOf(part: Part, found: FoundTable): Outcome {
  try {
    return checkedOutcome(part, found);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "ValidationException" || !cancels(error.message)) throw error;
    return { found, key: "", reason: { Code: "ValidationError", Message: error.message } };
  }
}

function cancels(message: string): boolean {
  return !/^One or more parameter values are not valid\.|^Item size has exceeded|Cannot update attribute/.test(message);
}

function checkedOutcome(part: Part, found: FoundTable): Outcome {
  const target = targetOf(part, found);
  const { key, before } = target;
  const { condition } = part.read;
  if (condition !== undefined && !meets(before?.item ?? {}, condition))
    return { found, key, reason: failed(part, before) };
  if (part.kind === "ConditionCheck") return { found, key, reason: NONE };
  const after: ItemRow | undefined =
    part.kind === "Update" ? updatedRow(found.schema, part.read, before) : target.after;
  return { found, key, change: { key, before, after }, reason: NONE };
}

function failed(part: Part, before: ItemRow | undefined): CancellationReason {
  const item = part.show === "ALL_OLD" ? before?.item : undefined;
  const duplicate = part.kind === "Put" && part.insert === true;
  return {
    Code: duplicate ? "DuplicateItem" : "ConditionalCheckFailed",
    Message: duplicate ? "Duplicate primary key exists in table" : "The conditional request failed",
    ...(item !== undefined && { Item: item }),
  };
}

function targetOf(part: Part, found: FoundTable): ItemChange {
  if (part.kind === "Put") return putChange(found, part.read);
  if (part.kind === "Update") return { ...updateTarget(found, part.read), after: undefined };
  return deleteChange(found, part.read);
}

function commit(
  context: DynamoContext,
  parts: readonly Part[],
  outcomes: readonly Outcome[],
): ReadonlyMap<string, Written> {
  const done = new Map<string, { found: FoundTable; units: Units; keys: Item[] }>();
  for (const [index, outcome] of outcomes.entries()) {
    const { found, change } = outcome;
    const part = parts[index] as Part;
    const entry = done.get(found.table.name) ?? { found, units: noUnits(), keys: [] };
    done.set(found.table.name, entry);
    addUnits(entry.units, unitsOf(outcome));
    entry.keys.push(part.kind === "Put" ? part.read.row.item : part.read.key);
    if (change !== undefined) writeItem(context, found, change);
  }
  return done;
}
