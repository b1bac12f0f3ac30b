// Takes the units of a call from its table and indexes, or says what is throttled. Only where a world asks for it: otherwise nothing is counted.

import { throttled, type Throttled } from "../errors.ts";
import { writeUnits, type RowChange, type Units } from "../rules/capacity.ts";
import { meets, type BoundCondition } from "../rules/bound-condition.ts";
import { newBucket, refilled, without, type Bucket } from "../rules/token-bucket.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import type { DynamoContext, DynamoStore, IndexRow, TableRow } from "../store.ts";
import type { FoundTable } from "./find-table.ts";
import { projectedRow } from "../rules/projected-row.ts";

type Direction = "Read" | "Write";
type Place = Pick<FoundTable, "table" | "store">;

export function isEnforced(context: DynamoContext): boolean {
  return context.world.dynamodb.throughput === "enforced";
}

/** What a call takes from several buckets: all of it, once `commit` is called, or nothing. */
export class Draw {
  readonly #now: number;
  readonly #taken = new Map<string, { readonly store: DynamoStore; readonly bucket: Bucket }>();

  constructor(context: DynamoContext) {
    this.#now = context.clock.now();
  }

  /** Takes units, or answers the error of what has too few. */
  take({ table, store }: Place, units: Units, direction: Direction): AwsError | undefined {
    let own = units.table;
    const wanted: { readonly of: IndexRow | undefined; readonly cost: number }[] = [];
    for (const [name, cost] of units.indexes) {
      const index = table.indexes.find((each) => each.name === name);
      if (index?.global === true) wanted.push({ of: index, cost });
      else own += cost;
    }
    wanted.unshift({ of: undefined, cost: own });
    const taken: (readonly [string, Bucket])[] = [];
    for (const { of, cost } of wanted) {
      const rate = rateOf(table, of, direction);
      if (rate === undefined || cost === 0) continue;
      const key = bucketKey(of?.storage ?? table.storage, direction);
      const bucket = this.#taken.get(key)?.bucket ?? store.buckets.get(key) ?? newBucket(madeAt(table, of), rate);
      const rest = without(refilled(bucket, rate, this.#now), rate, cost);
      if (rest === undefined) return throttled(reasonOf(table, of, direction));
      taken.push([key, rest]);
    }
    for (const [key, bucket] of taken) this.#taken.set(key, { store, bucket });
    return undefined;
  }

  commit(): void {
    for (const [key, { store, bucket }] of this.#taken) store.buckets.put(key, bucket);
  }
}

/** The error of a call that takes more than there is; otherwise its units are taken. */
export function refusal(
  context: DynamoContext,
  place: Place,
  units: Units,
  direction: Direction,
): AwsError | undefined {
  const draw = new Draw(context);
  const error = draw.take(place, units, direction);
  if (error === undefined) draw.commit();
  return error;
}

export function admitRead(context: DynamoContext, place: Place, units: Units): void {
  const error = refusal(context, place, units, "Read");
  if (error !== undefined) throw error;
}

/** A write whose condition does not hold costs what its item costs as it is. */
export function admitWrite(
  context: DynamoContext,
  found: FoundTable,
  change: RowChange,
  condition?: BoundCondition,
): void {
  const fails = condition !== undefined && !meets(change.before?.item ?? {}, condition);
  const made = fails ? { before: change.before, after: change.before } : change;
  const error = refusal(context, found, writeUnits(found.schema, made, projectedRow), "Write");
  if (error !== undefined) throw error;
}

/** Before a table's throughput changes: what was earned so far was earned at the old rate. */
export function settleBuckets(context: DynamoContext, { table, store }: Place): void {
  const now = context.clock.now();
  for (const of of [undefined, ...table.indexes.filter((index) => index.global)]) {
    for (const direction of ["Read", "Write"] as const) {
      const rate = rateOf(table, of, direction);
      if (rate === undefined) continue;
      const key = bucketKey(of?.storage ?? table.storage, direction);
      store.buckets.put(key, refilled(store.buckets.get(key) ?? newBucket(madeAt(table, of), rate), rate, now));
    }
  }
}

export function dropBuckets(store: DynamoStore, storage: string): void {
  store.buckets.delete(bucketKey(storage, "Read"));
  store.buckets.delete(bucketKey(storage, "Write"));
}

function bucketKey(storage: string, direction: Direction): string {
  return `${storage}/${direction}`;
}

function madeAt(table: TableRow, of: IndexRow | undefined): number {
  return of?.created ?? table.created;
}

/** Units a second; undefined when there is no bound. */
function rateOf(table: TableRow, of: IndexRow | undefined, direction: Direction): number | undefined {
  const { throughput, onDemand } = of ?? table;
  if (table.billing === "PROVISIONED") return direction === "Read" ? throughput?.read : throughput?.write;
  const most = direction === "Read" ? onDemand?.MaxReadRequestUnits : onDemand?.MaxWriteRequestUnits;
  return most === undefined || most < 0 ? undefined : most;
}

function reasonOf(table: TableRow, of: IndexRow | undefined, direction: Direction): Throttled {
  const provisioned = table.billing === "PROVISIONED";
  return {
    provisioned,
    index: of !== undefined,
    reason: `${of === undefined ? "Table" : "Index"}${direction}${provisioned ? "Provisioned" : "MaxOnDemand"}ThroughputExceeded`,
    resource: of === undefined ? table.arn : `${table.arn}/index/${of.name}`,
  };
}
