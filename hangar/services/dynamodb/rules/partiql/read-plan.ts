// How a SELECT reads: by keys, range by range, or everything with a filter.

import { validation } from "../../errors.ts";
import { typeOf, type AttributeValue } from "../attribute-value.ts";
import type { BoundCondition } from "../bound-condition.ts";
import { compareValues, sameValue } from "../compare-values.ts";
import { afterAll, partitionPrefix, sortRange, type KeyRange } from "../key-bytes.ts";
import type { KeyAttribute, KeySchema } from "../table-schema.ts";
import { allOf, keyTests, looselyTests, type KeyTest } from "./key-tests.ts";

/** A range of one partition, and what its rows have to meet besides. */
export type KeyedRead = {
  readonly partition: AttributeValue;
  readonly range: KeyRange;
  readonly filter: BoundCondition | undefined;
  /** Every key attribute by equality. */
  readonly exact: boolean;
};

/** Without `reads` everything is read: a full scan. */
export type ReadPlan = {
  readonly reads: readonly KeyedRead[] | undefined;
  readonly filter: BoundCondition | undefined;
};

/** Conditions of one way to meet a WHERE clause. */
type Branch = { readonly tests: readonly KeyTest[]; readonly filters: readonly BoundCondition[] };

type Target = KeySchema & { readonly storage: string };

const MAX_READS = 50;
/** More ways than this are not looked at one by one. */
const MAX_BRANCHES = 1000;
const NOTHING: Branch = { tests: [], filters: [] };

export function readPlan(schema: Target, where: BoundCondition | undefined): ReadPlan {
  const scan: ReadPlan = { reads: undefined, filter: where };
  if (where === undefined) return scan;
  if (!pinsPartition(where, schema)) return scan;
  const branches = spread(where, schema);
  if (branches === undefined || branches.length > MAX_READS)
    throw validation("Too many decomposed read operations for a given query.");
  const partitions = branches.map((branch) => partitionOf(branch, schema));
  if (partitions.includes(undefined)) return scan;
  for (const { tests } of branches) for (const test of tests) checkKeyType(test, schema);
  const reads = branches.map((branch, index) => readOf(branch, partitions[index] as AttributeValue, schema));
  const sorted = reads.length === 1 ? reads : reads.toSorted(order);
  return overlaps(sorted, branches, schema) ? scan : { reads: sorted, filter: undefined };
}

/** Partitions in order of their key, and their ranges in order. */
function order(left: KeyedRead, right: KeyedRead): number {
  const partitions = compareValues(left.partition, right.partition) ?? 0;
  if (partitions !== 0) return partitions;
  return left.range.from < right.range.from ? -1 : left.range.from > right.range.from ? 1 : 0;
}

/** Whether every way to meet the condition fixes the partition. */
export function pinsPartition(condition: BoundCondition, schema: KeySchema): boolean {
  if (condition.kind === "and") return pinsPartition(condition.left, schema) || pinsPartition(condition.right, schema);
  if (condition.kind === "or") return pinsPartition(condition.left, schema) && pinsPartition(condition.right, schema);
  return keyTests(condition, schema)?.[0]?.name === schema.partition.name;
}

function namesKey(condition: BoundCondition, schema: KeySchema): boolean {
  if (condition.kind === "and" || condition.kind === "or")
    return namesKey(condition.left, schema) || namesKey(condition.right, schema);
  return keyTests(condition, schema) !== undefined;
}

/** Every way to meet a condition; undefined when there are too many. */
function spread(condition: BoundCondition, schema: KeySchema): readonly Branch[] | undefined {
  if (condition.kind === "and") {
    const left = spread(condition.left, schema);
    const right = spread(condition.right, schema);
    if (left === undefined || right === undefined || left.length * right.length > MAX_BRANCHES) return undefined;
    return left.flatMap((one) => right.map((two) => joined(one, two)));
  }
  if (condition.kind === "or" && namesKey(condition, schema)) {
    const left = spread(condition.left, schema);
    const right = spread(condition.right, schema);
    if (left === undefined || right === undefined || left.length + right.length > MAX_BRANCHES) return undefined;
    return [...left, ...right];
  }
  const tests = keyTests(condition, schema);
  if (tests === undefined) return [{ ...NOTHING, filters: [condition] }];
  return tests.map((test) => ({ ...NOTHING, tests: [test] }));
}

function joined(one: Branch, two: Branch): Branch {
  return { tests: [...one.tests, ...two.tests], filters: [...one.filters, ...two.filters] };
}

/** Undefined where a branch says two partitions at once: nothing is there, but AWS looks everywhere. */
function partitionOf({ tests }: Branch, { partition }: KeySchema): AttributeValue | undefined {
  let found: AttributeValue | undefined;
  for (const { name, values } of tests) {
    const [value] = values as [AttributeValue];
    if (name !== partition.name) continue;
    if (found !== undefined && !sameValue(found, value)) return undefined;
    found = value;
  }
  return found;
}

function checkKeyType({ name, values }: KeyTest, { partition, sort }: KeySchema): void {
  const attribute = (name === partition.name ? partition : sort) as KeyAttribute;
  for (const value of values) {
    const type = typeOf(value);
    if (type !== "S" && type !== "N" && type !== "B")
      throw validation(`Key value must be of type S, N, or B. Key name: ${name}, Key type: ${type}`);
    if (type !== attribute.type)
      throw validation(`Key attribute's data type should match its data type in table's schema: Key ${name}`);
  }
}

function readOf({ tests, filters }: Branch, partition: AttributeValue, schema: Target): KeyedRead {
  const prefix = partitionPrefix(schema.storage, partition);
  let { from, to }: KeyRange = { from: prefix, to: afterAll(prefix) };
  let exact = schema.sort === undefined;
  for (const { name, operator, values } of tests) {
    if (name !== schema.sort?.name) continue;
    const range = sortRange(prefix, { operator, values });
    exact ||= operator === "=";
    if (range.from > from) from = range.from;
    if (range.to < to) to = range.to;
  }
  return { partition, range: { from, to }, filter: allOf(filters), exact };
}

/** Ranges that share rows are refused, unless a condition on the sort key is one that makes no range. */
function overlaps(sorted: readonly KeyedRead[], branches: readonly Branch[], { sort }: KeySchema): boolean {
  let reach = "";
  let shared = false;
  for (const [index, { range, partition }] of sorted.entries()) {
    const before = sorted[index - 1];
    if (before !== undefined && !sameValue(before.partition, partition)) reach = "";
    if (range.from >= range.to) continue;
    shared ||= range.from < reach;
    if (range.to > reach) reach = range.to;
  }
  if (!shared) return false;
  const loose =
    sort !== undefined && branches.some(({ filters }) => filters.some((each) => looselyTests(each, sort.name)));
  if (!loose) throw validation("Overlapping conditions with range keys are not supported in where clause");
  return true;
}
