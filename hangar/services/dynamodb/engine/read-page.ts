// Reads one page of a table or an index: at most `Limit` rows or 1 MB, filtered, cut down, and where to go on.

import { validation } from "../errors.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import type { Range, Table } from "../../../kernel/table.ts";
import { checkedItem, type Item } from "../rules/attribute-value.ts";
import type { BoundPath } from "../rules/bindings.ts";
import { meets, type BoundCondition } from "../rules/bound-condition.ts";
import { readUnits, showUnits, type ShownCapacity, type Units } from "../rules/capacity.ts";
import { checkKey, indexKey, itemKey, keyOf } from "../rules/item-key.ts";
import { PAGE_BYTES } from "../rules/item-size.ts";
import { project } from "../rules/project.ts";
import type { IndexSchema, TableSchema } from "../rules/table-schema.ts";
import type { DynamoContext, ItemRow } from "../store.ts";
import type { FoundTable } from "./find-table.ts";
import { admitRead, isEnforced } from "./throughput.ts";

/** What Query and Scan have in common. */
export type PageInput = {
  readonly Select?: string | undefined;
  readonly Limit?: number | undefined;
  readonly ConsistentRead?: boolean | undefined;
  readonly ReturnConsumedCapacity?: string | undefined;
  readonly ProjectionExpression?: string | undefined;
  readonly AttributesToGet?: readonly string[] | undefined;
};

const INVALID_START = "The provided starting key is invalid";

export type PagePlan = {
  readonly index: IndexSchema | undefined;
  readonly range: Range;
  readonly filter: BoundCondition | undefined;
  readonly projection: readonly BoundPath[] | undefined;
};

export type Page = {
  Items?: readonly Item[];
  Count: number;
  ScannedCount: number;
  LastEvaluatedKey?: Item;
  ConsumedCapacity?: ShownCapacity;
};

export function readPage(context: DynamoContext, found: FoundTable, input: PageInput, plan: PagePlan): Page {
  const { schema, table } = found;
  const budget = { rows: input.Limit ?? Number.POSITIVE_INFINITY, bytes: PAGE_BYTES };
  const { items, scanned, last, units } = readRows(found, input, plan, budget);
  const page: Page = { Count: items.length, ScannedCount: scanned };
  if (input.Select !== "COUNT")
    page.Items =
      plan.projection === undefined
        ? items
        : items.map((item) => project(item, plan.projection as readonly BoundPath[]));
  if (last !== undefined) page.LastEvaluatedKey = last;
  if (input.ReturnConsumedCapacity === undefined && !isEnforced(context)) return page;
  const taken = units();
  if (isEnforced(context)) admitRead(context, found, taken);
  const capacity = showUnits(table.name, schema, taken, { detail: input.ReturnConsumedCapacity });
  if (capacity !== undefined) page.ConsumedCapacity = capacity;
  return page;
}

export type Rows = {
  readonly items: readonly Item[];
  readonly scanned: number;
  /** Key of the row it stopped at, when the budget was used up. */
  readonly last: Item | undefined;
  readonly units: () => Units;
};

/** Reads rows until there are none or a budget is used up: what is left of it stays in it. */
export function readRows(
  { schema, store }: FoundTable,
  input: Pick<PageInput, "ConsistentRead" | "Select">,
  plan: PagePlan,
  budget: { rows: number; bytes: number },
): Rows {
  const rows: Table<ItemRow> = plan.index === undefined ? store.items : store.indexed;
  const fetch = fetchesWhole(plan, input.Select);
  const items: Item[] = [];
  let scanned = 0;
  let bytes = 0;
  let fetched = 0;
  let last: Item | undefined;
  for (const [, row] of rows.range(plan.range)) {
    scanned += 1;
    bytes += row.size;
    const whole = fetch ? (store.items.get(itemKey(schema, row.item)) ?? row) : row;
    if (fetch) fetched += readUnits(whole.size, input.ConsistentRead);
    if (plan.filter === undefined || meets(whole.item, plan.filter)) items.push(whole.item);
    if (scanned >= budget.rows || bytes >= budget.bytes) {
      last = row.item;
      break;
    }
  }
  budget.rows -= scanned;
  budget.bytes -= bytes;
  return {
    items,
    scanned,
    last:
      last === undefined || plan.index === undefined
        ? last && keyOf(schema, last)
        : { ...keyOf(schema, last), ...keyOf(plan.index, last) },
    units: () => unitsOf(plan.index, readUnits(bytes, input.ConsistentRead), fetched),
  };
}

function unitsOf(index: IndexSchema | undefined, read: number, fetched: number): Units {
  return index === undefined
    ? { table: read, indexes: new Map() }
    : { table: fetched, indexes: new Map([[index.name, read]]) };
}

/** Local indexes fetch from the table what they do not hold. */
function fetchesWhole({ index, projection }: PagePlan, select: string | undefined): boolean {
  if (index?.projected === undefined || index.global) return false;
  const { projected } = index;
  return select === "ALL_ATTRIBUTES" || projection?.some((path) => !projected.has(path[0] as string)) === true;
}

/** Which attributes may be asked for, as far as the request tells. */
export function checkSelect(input: PageInput & { readonly IndexName?: string | undefined }, doing: string): void {
  const { Select: select } = input;
  const named =
    input.ProjectionExpression !== undefined
      ? "ProjectionExpression"
      : input.AttributesToGet !== undefined
        ? "AttributesToGet"
        : undefined;
  if (select === "SPECIFIC_ATTRIBUTES" && named === undefined)
    throw validation(
      "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
    );
  if (named !== undefined && select !== undefined && select !== "SPECIFIC_ATTRIBUTES") {
    throw validation(
      `Cannot specify the ${named} when choosing to get ${select === "COUNT" ? "only the Count" : select}`,
    );
  }
  if (select === "ALL_PROJECTED_ATTRIBUTES" && input.IndexName === undefined)
    throw validation(`ALL_PROJECTED_ATTRIBUTES can be used only when ${doing} using an IndexName`);
}

/** A global index cannot fetch what it does not hold. */
export function checkAllAttributes({ Select: select }: PageInput, index: IndexSchema | undefined): void {
  if (select === "ALL_ATTRIBUTES" && index?.global === true && index.projected !== undefined) {
    throw validation(
      `One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`,
    );
  }
}

export function checkProjected(index: IndexSchema | undefined, projection: readonly BoundPath[] | undefined): void {
  if (index?.global !== true || index.projected === undefined) return;
  const { projected } = index;
  const missing = projection?.find((path) => !projected.has(path[0] as string));
  if (missing !== undefined)
    throw validation(
      `One or more parameter values were invalid: Global secondary index ${index.name} does not project [${String(missing[0])}]`,
    );
}

/** Key of the row that a page goes on after. Of a wrong key Query says less than Scan does. */
export function startKey(schema: TableSchema, index: IndexSchema | undefined, key: Item, short = false): string {
  const names = new Set([...schema.attributes, ...(index?.attributes ?? [])].map((attribute) => attribute.name));
  const own = Object.keys(key);
  if (index !== undefined && (own.length !== names.size || own.some((name) => !names.has(name))))
    throw validation(INVALID_START);
  if (index !== undefined) checkStart(index, keyPart(index, key), INVALID_START);
  if (index === undefined) checkStart(schema, key, short ? INVALID_START : undefined);
  else checkStart(schema, keyPart(schema, key));
  const at = itemKey(schema, key);
  return index === undefined ? at : (indexKey(index, key, at) ?? at);
}

function keyPart(schema: { readonly attributes: readonly { readonly name: string }[] }, key: Item): Item {
  return Object.fromEntries(schema.attributes.map(({ name }) => [name, key[name] ?? {}]));
}

export function readStart(given: Item | undefined): Item | undefined {
  return given === undefined ? undefined : startError(() => checkedItem(given, { bytes: 0 }));
}

function checkStart(schema: Parameters<typeof checkKey>[0], key: Item, instead?: string): void {
  startError(() => checkKey(schema, key), instead);
}

/** AWS puts a few words before most complaints about a starting key. */
function startError<Result>(run: () => Result, instead?: string): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (instead !== undefined) throw validation(instead);
    const bare = /contains duplicates|number set|numeric value|significant digits|number with magnitude/.test(
      error.message,
    );
    throw bare ? error : validation(`The provided starting key is invalid: ${error.message}`);
  }
}
