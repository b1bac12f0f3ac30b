// Follows paths through records: names of CSV headers and of JSON members, case-insensitive unless quoted.

import { fault } from "./faults.ts";
import type { Step } from "./syntax.ts";
import { CsvRecord, isMembers, type Members, type Value } from "./values.ts";

export type Follow = (value: Value) => Value;

/** One step, made once and taken for each record: it remembers where in a header its column stands. */
export function follow(step: Step): Follow {
  if (step.kind === "index") return (value) => (Array.isArray(value) ? (value[step.index] as Value) : undefined);
  if (step.kind === "all") return () => undefined;
  const { name, exact } = step;
  const inCsv = column(name, exact);
  return (value) => {
    if (value instanceof CsvRecord) return inCsv(value);
    return isMembers(value) ? memberOf(value, name, exact) : undefined;
  };
}

function memberOf(value: Members, name: string, exact: boolean): Value {
  if (Object.hasOwn(value, name)) return value[name];
  if (exact) return undefined;
  const lower = name.toLowerCase();
  const found = Object.keys(value).filter((each) => each.toLowerCase() === lower);
  if (found.length > 1) throw fault("AmbiguousFieldName");
  return found[0] === undefined ? undefined : value[found[0]];
}

/** `_1` is the first column, with or without a header. */
function column(name: string, exact: boolean): (record: CsvRecord) => Value {
  const position = /^_(\d+)$/.exec(name)?.[1];
  let known: readonly string[] | undefined;
  let index = position === undefined ? -1 : Number(position) - 1;
  return ({ fields, names }) => {
    if (names !== known) {
      known = names;
      index = indexOf(names ?? [], name, exact) ?? (position === undefined ? -1 : Number(position) - 1);
    }
    if (index < 0) throw fault(names === undefined ? "InvalidKeyPath" : "MissingHeaders");
    return fields[index];
  };
}

function indexOf(names: readonly string[], name: string, exact: boolean): number | undefined {
  const lower = name.toLowerCase();
  const found = names.flatMap((each, index) => ((exact ? each === name : each.toLowerCase() === lower) ? [index] : []));
  if (found.length > 1) throw fault("AmbiguousFieldName");
  return found[0];
}

/** The records that FROM makes of one: a wildcard makes many, or one that is MISSING. */
export function expand(steps: readonly Step[]): (value: Value) => readonly Value[] {
  if (steps.length === 0) return (value) => [value];
  const taken = steps.map((step) => (step.kind === "all" ? undefined : follow(step)));
  return (record) => {
    let values: readonly Value[] = [record];
    for (const take of taken) values = take === undefined ? values.flatMap(each) : values.map(take);
    return values;
  };
}

function each(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value.length === 0 ? [undefined] : (value as readonly Value[]);
  return isMembers(value) ? Object.values(value) : [undefined];
}
