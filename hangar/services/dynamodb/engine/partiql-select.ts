// Runs PartiQL SELECTs: through keys where the WHERE clause names them, else through the whole table.

import type { Range } from "../../../kernel/table.ts";
import { decodeRow, encodeRow } from "../../../kernel/row-json.ts";
import { validation } from "../errors.ts";
import { afterAll, partitionPrefix, sortRange } from "../rules/key-bytes.ts";
import type { Select } from "../rules/parse-partiql.ts";
import { reachOf, type Reach } from "../rules/partiql-keys.ts";
import type { IndexSchema } from "../rules/table-schema.ts";
import type { DynamoContext, Item } from "../store.ts";
import { findIndex, findTable, type FoundTable } from "./find-table.ts";
import { readPage, startKey, type Page } from "./read-page.ts";

export type SelectOptions = {
  readonly Limit?: number | undefined;
  readonly NextToken?: string | undefined;
  readonly ConsistentRead?: boolean | undefined;
  readonly ReturnConsumedCapacity?: string | undefined;
};

export type Selected = {
  readonly items: readonly Item[];
  readonly next: string | undefined;
  readonly last: Item | undefined;
  readonly capacity: Page["ConsumedCapacity"];
};

/** Where a SELECT goes on: in which of its partitions, after which key. */
type Token = { readonly partition: number; readonly key: Item | undefined };

type Plan = {
  readonly found: FoundTable;
  readonly index: IndexSchema | undefined;
  readonly reach: Reach | undefined;
  readonly statement: Select;
};

export function runSelect(context: DynamoContext, statement: Select, options: SelectOptions): Selected {
  const found = findTable(context, statement.table);
  const index = statement.index === undefined ? undefined : findIndex(found.schema, statement.index);
  if (index?.global === true && options.ConsistentRead === true)
    throw validation("Consistent reads are not supported on global secondary indexes");
  const plan: Plan = { found, index, reach: reachOf(index ?? found.schema, statement.where), statement };
  checkOrder(plan);
  return readAll(context, plan, options);
}

function checkOrder({ statement, reach, index, found }: Plan): void {
  if (statement.order.length === 0) return;
  if (reach === undefined)
    throw validation(
      "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.",
    );
  const { partition, sort } = index ?? found.schema;
  const wrong = statement.order.find(({ name }) => name !== partition.name && name !== sort?.name);
  if (wrong !== undefined)
    throw validation(`Variable reference ${wrong.name} in ORDER BY clause must be part of the primary key`);
}

function readAll(context: DynamoContext, plan: Plan, options: SelectOptions): Selected {
  const start = readToken(options.NextToken);
  const count = plan.reach?.partitions.length ?? 1;
  const items: Item[] = [];
  let capacity: Page["ConsumedCapacity"];
  let left = options.Limit ?? Number.POSITIVE_INFINITY;
  for (let partition = start.partition; partition < count; partition += 1) {
    const page = onePage(
      context,
      plan,
      { partition, key: partition === start.partition ? start.key : undefined },
      { ...options, Limit: left },
    );
    items.push(...(page.Items ?? []));
    capacity ??= page.ConsumedCapacity;
    left -= page.ScannedCount;
    const last = page.LastEvaluatedKey;
    if (last !== undefined) return { items, next: writeToken({ partition, key: last }), last, capacity };
    if (left <= 0 && partition + 1 < count)
      return { items, next: writeToken({ partition: partition + 1, key: undefined }), last: undefined, capacity };
  }
  return { items, next: undefined, last: undefined, capacity };
}

function onePage(
  context: DynamoContext,
  { found, index, reach, statement }: Plan,
  token: Token,
  options: SelectOptions,
): Page {
  const { storage } = index ?? found.schema;
  const value = reach?.partitions[token.partition];
  const whole =
    value === undefined
      ? { from: storage, to: afterAll(storage) }
      : sortRange(partitionPrefix(storage, value), reach?.sort);
  const reverse = statement.order.some(({ descending }) => descending);
  const after = token.key === undefined ? undefined : startKey(found.schema, index, token.key);
  const range: Range =
    after === undefined
      ? { ...whole, reverse }
      : reverse
        ? { from: whole.from, to: after, reverse }
        : { ...whole, after };
  const limit = options.Limit === Number.POSITIVE_INFINITY ? undefined : options.Limit;
  return readPage(
    context,
    found,
    { ConsistentRead: options.ConsistentRead, ReturnConsumedCapacity: options.ReturnConsumedCapacity, Limit: limit },
    { index, range, filter: statement.where, projection: statement.projection },
  );
}

function writeToken({ partition, key }: Token): string {
  return Buffer.from(encodeRow([partition, key ?? null])).toString("base64");
}

function readToken(text: string | undefined): Token {
  if (text === undefined) return { partition: 0, key: undefined };
  try {
    const [partition, key] = decodeRow(Buffer.from(text, "base64").toString()) as [number, Item | null];
    if (typeof partition === "number") return { partition, key: key ?? undefined };
  } catch {
    // Whatever is wrong with it, AWS says the same.
  }
  throw validation("Invalid NextToken");
}
