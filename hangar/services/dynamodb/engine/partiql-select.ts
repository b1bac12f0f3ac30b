// Runs PartiQL SELECTs: an item by its key, ranges by keys, or the whole table or index.

import type { Range } from "../../../kernel/table.ts";
import { validation } from "../errors.ts";
import { addUnits, noUnits, readUnits, showUnits, type ShownCapacity, type Units } from "../rules/capacity.ts";
import { meets } from "../rules/bound-condition.ts";
import { sameValue } from "../rules/compare-values.ts";
import { PAGE_BYTES } from "../rules/item-size.ts";
import { afterAll, type KeyRange } from "../rules/key-bytes.ts";
import { readToken, writeToken, type Position } from "../rules/partiql/next-token.ts";
import { checkFilters, checkProjection } from "../rules/partiql/projected-names.ts";
import { pinsPartition, readPlan, type KeyedRead, type ReadPlan } from "../rules/partiql/read-plan.ts";
import { columnName, rowOf } from "../rules/partiql/select-columns.ts";
import type { Select } from "../rules/partiql/statement.ts";
import type { StatementInput } from "../rules/partiql/statement-of.ts";
import type { IndexSchema } from "../rules/table-schema.ts";
import type { DynamoContext, Item } from "../store.ts";
import { findTable, type FoundTable } from "./find-table.ts";
import { readRows, startKey } from "./read-page.ts";
import { admitRead, isEnforced } from "./throughput.ts";

export type SelectInput = StatementInput & {
  readonly Limit?: number | undefined;
  readonly NextToken?: string | undefined;
  readonly ConsistentRead?: boolean | undefined;
  readonly ReturnConsumedCapacity?: string | undefined;
};

export type Selected = {
  readonly items: readonly Item[];
  readonly next?: string | undefined;
  readonly last?: Item | undefined;
  readonly capacity?: ShownCapacity | undefined;
};

/** A SELECT with the table it reads. */
export type Prepared = {
  readonly found: FoundTable;
  readonly index: IndexSchema | undefined;
  readonly plan: ReadPlan;
  readonly statement: Select;
};

export function runSelect(context: DynamoContext, statement: Select, input: SelectInput): Selected {
  const prepared = prepareSelect(context, statement);
  const { found, index } = prepared;
  if (index?.global === true && input.ConsistentRead === true)
    throw validation("Strongly consistent read is not supported on Global Secondary Indexes");
  const start = readToken(context.account, input, input.NextToken);
  const only = lookup(prepared);
  const units = noUnits();
  const rows: Item[] = [];
  const stop =
    only !== undefined
      ? readOne(prepared, only, { units, rows, consistent: input.ConsistentRead })
      : readOn(prepared, start, input, { units, rows });
  if (isEnforced(context)) admitRead(context, found, units);
  return {
    items: rows.map(shaper(statement)),
    next: stop === undefined ? undefined : writeToken(context.account, input, stop),
    last: stop?.key,
    capacity: showUnits(found.table.name, found.schema, units, { detail: input.ReturnConsumedCapacity }),
  };
}

/** Finds the table and decides how to read it; refuses what cannot be read so. */
export function prepareSelect(context: DynamoContext, statement: Select): Prepared {
  const found = findTable(context, statement.table);
  const index = statement.index === undefined ? undefined : indexOf(found, statement.index);
  const target = index ?? found.schema;
  if (target.several !== undefined)
    throw validation(
      "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or multi-attribute RANGE keys.",
    );
  if (statement.order !== undefined && statement.where === undefined)
    throw validation("Must have WHERE clause in the statement when using ORDER BY clause.");
  if (statement.order !== undefined && !pinsPartition(statement.where as NonNullable<Select["where"]>, target))
    throw validation(
      "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.",
    );
  if (index !== undefined) checkProjection(index, statement);
  const plan = readPlan(target, statement.where);
  if (index !== undefined) checkFilters(index, plan);
  const prepared: Prepared = { found, index, plan, statement };
  checkOrder(prepared);
  return prepared;
}

function indexOf({ schema }: FoundTable, name: string): IndexSchema {
  const index = schema.indexes.find((each) => each.name === name);
  // Query names the index; PartiQL does not.
  if (index === undefined) throw validation("The table does not have the specified index");
  return index;
}

function checkOrder({ statement, plan, index, found }: Prepared): void {
  if (statement.order === undefined) return;
  const { partition, sort } = index ?? found.schema;
  for (const { name } of statement.order) {
    if (name !== partition.name && name !== sort?.name)
      throw validation(`Attribute ${name} in ORDER BY clause must be part of the primary key`);
  }
  const [first, ...others] = plan.reads ?? [];
  if (
    others.some(({ partition: other }) => first !== undefined && !sameValue(other, first.partition)) &&
    !statement.order.some(({ name }) => name === partition.name)
  )
    throw validation(
      "Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE clause.",
    );
}

/** The one read that finds at most one item of the table. */
function lookup({ index, plan: { reads } }: Prepared): KeyedRead | undefined {
  const [only] = reads ?? [];
  return index === undefined && only?.exact === true && reads?.length === 1 ? only : undefined;
}

/** Whether a SELECT names an item by its key and says nothing else of it. */
export function singleItem(prepared: Prepared): boolean {
  const only = lookup(prepared);
  return only !== undefined && only.filter === undefined;
}

type Sink = { readonly units: Units; readonly rows: Item[] };

/** An item by its key costs what GetItem costs. */
function readOne(
  { found }: Prepared,
  { range, filter }: KeyedRead,
  { units, rows, consistent }: Sink & { readonly consistent: boolean | undefined },
): undefined {
  const row = range.from < range.to ? found.store.items.get(range.from) : undefined;
  units.table += readUnits(row?.size ?? 0, consistent);
  if (row !== undefined && (filter === undefined || meets(row.item, filter))) rows.push(row.item);
}

/** Reads from a position on, until a page is full: then where it stopped. */
function readOn(prepared: Prepared, start: Position, input: SelectInput, { units, rows }: Sink): Position | undefined {
  const { found, index, statement } = prepared;
  const reads = directed(prepared);
  const budget = { rows: input.Limit ?? Number.POSITIVE_INFINITY, bytes: PAGE_BYTES };
  for (let read = start.read; read < reads.length; read += 1) {
    const { range, filter } = reads[read] as (typeof reads)[number];
    const after = read === start.read ? start.key : undefined;
    const page = readRows(
      found,
      { ConsistentRead: input.ConsistentRead, Select: undefined },
      {
        index,
        range: after === undefined ? range : goOn(prepared, range, after),
        filter,
        projection: statement.projection,
      },
      budget,
    );
    for (const item of page.items) rows.push(item);
    addUnits(units, page.units());
    if (page.last !== undefined) return { read, key: page.last };
  }
  return undefined;
}

/** The reads of a plan in the order of ORDER BY. Where it names the partition alone, sort keys go down. */
function directed({
  plan,
  statement,
  index,
  found,
}: Prepared): readonly { range: Range; filter: KeyedRead["filter"] }[] {
  const { storage, partition, sort } = index ?? found.schema;
  if (plan.reads === undefined) return [{ range: { from: storage, to: afterAll(storage) }, filter: plan.filter }];
  const bySort = statement.order?.find(({ name }) => name === sort?.name);
  const reverse = statement.order !== undefined && (bySort === undefined || bySort.descending);
  const down = statement.order?.find(({ name }) => name === partition.name)?.descending ?? false;
  const reads = plan.reads.map(({ range, filter }) => ({ range: { ...range, reverse }, filter }));
  return ordered(plan.reads, reads, { down, reverse });
}

function ordered<Read>(
  keyed: readonly KeyedRead[],
  reads: readonly Read[],
  { down, reverse }: { readonly down: boolean; readonly reverse: boolean },
): readonly Read[] {
  if (reads.length === 1 || (!down && !reverse)) return reads;
  const groups: Read[][] = [];
  for (const [index, { partition }] of keyed.entries()) {
    const before = keyed[index - 1]?.partition;
    if (before === undefined || !sameValue(before, partition)) groups.push([]);
    groups.at(-1)?.push(reads[index] as Read);
  }
  const inner = reverse ? groups.map((group) => group.toReversed()) : groups;
  return (down ? inner.toReversed() : inner).flat();
}

function goOn({ found, index }: Prepared, range: Range, key: Item): Range {
  const after = startKey(found.schema, index, key);
  const { from } = range as KeyRange;
  return range.reverse === true ? { from, to: after, reverse: true } : { ...range, after };
}

/** Nested paths become columns of their last name. */
export function shaper({ projection }: Select): (item: Item) => Item {
  if (projection === undefined) return (item) => item;
  const columns = projection.map((path) => [columnName(path), path] as const);
  return (item) => rowOf(item, columns);
}
