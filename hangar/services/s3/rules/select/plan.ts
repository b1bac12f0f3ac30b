// A query made ready to run over records: which pass, what each gives, and when enough is enough.

import { running, type Running } from "./aggregates.ts";
import { compile, type Evaluate, type Scope } from "./compile.ts";
import { fault } from "./faults.ts";
import { parseQuery } from "./parse-query.ts";
import { expand } from "./paths.ts";
import type { Expression, Projection, Query, Step } from "./syntax.ts";
import { membersOf, type Value } from "./values.ts";

/** Columns of a result, by name, in order. */
export type Result = readonly (readonly [name: string, value: Value])[];

export type Plan = {
  /** Nested records can be asked of JSON and Parquet only. */
  readonly nested: boolean;
  /** The results of one record of the object. */
  take(record: Value): readonly Result[];
  /** The results that stand at the end only: those of aggregates. */
  end(): readonly Result[];
  /** LIMIT is reached. */
  full(): boolean;
};

export function planOf(text: string, now: number): Plan {
  const query = parseQuery(text);
  const scope: Scope = { names: namesOf(query), now };
  const { take, end } = query.projections === undefined ? everything() : projecting(query.projections, scope);
  const where = query.where === undefined ? undefined : compile(query.where, scope);
  const records = expand(query.from);
  const limit = query.limit ?? Number.POSITIVE_INFINITY;
  let given = 0;
  return {
    nested: query.from.length > 0,
    full: () => given >= limit,
    take(record) {
      const results: Result[] = [];
      for (const each of records(record)) {
        if (given >= limit) break;
        if (where !== undefined && where(each) !== true) continue;
        const result = take(each);
        if (result === undefined) continue;
        given += 1;
        results.push(result);
      }
      return results;
    },
    end: () => (limit === 0 ? [] : end()),
  };
}

type Projecting = { take(record: Value): Result | undefined; end(): readonly Result[] };

function everything(): Projecting {
  return { take: membersOf, end: () => [] };
}

function projecting(projections: readonly Projection[], scope: Scope): Projecting {
  const names = projections.map(({ alias, expression }, index) => alias ?? nameOf(expression) ?? `_${index + 1}`);
  if (!projections.some(({ expression }) => aggregates(expression))) {
    const columns = projections.map(({ expression }) => compile(expression, scope));
    return { take: (record) => named(names, columns, record), end: () => [] };
  }
  const all: Running[] = [];
  const aggregate: Scope["aggregate"] = ({ name, operand }) => {
    const one = running(name, operand === undefined ? undefined : compile(operand, scope));
    all.push(one);
    return () => one.value();
  };
  // Beside aggregates nothing may ask for a record's own values: there is no GROUP BY.
  const inner: Scope = { ...scope, aggregate };
  const columns = projections.map(({ expression }) => {
    if (!aggregates(expression) || mixes(expression)) throw fault("UnsupportedSqlStructure");
    return compile(expression, inner);
  });
  return {
    take(record) {
      for (const each of all) each.add(record);
      return undefined;
    },
    end: () => [named(names, columns, undefined)],
  };
}

function named(names: readonly string[], columns: readonly Evaluate[], record: Value): Result {
  return columns.map((column, index) => [names[index] ?? "", column(record)] as const);
}

/** The expressions an expression is made of. */
function parts(expression: Expression): readonly Expression[] {
  return Object.values(expression).flatMap((member: unknown) => {
    const list = Array.isArray(member) ? (member as readonly unknown[]) : [member];
    return list.flatMap((each) => (isExpression(each) ? [each] : isBranch(each) ? [each.when, each.then] : []));
  });
}

function isExpression(value: unknown): value is Expression {
  return typeof value === "object" && value !== null && "kind" in value;
}

function isBranch(value: unknown): value is { readonly when: Expression; readonly then: Expression } {
  return typeof value === "object" && value !== null && "when" in value;
}

function aggregates(expression: Expression): boolean {
  return expression.kind === "aggregate" || (expression.kind !== "path" && parts(expression).some(aggregates));
}

function mixes(expression: Expression): boolean {
  if (expression.kind === "path") return true;
  return expression.kind !== "aggregate" && parts(expression).some(mixes);
}

function nameOf(expression: Expression): string | undefined {
  if (expression.kind !== "path") return undefined;
  const last = expression.steps.at(-1);
  return last?.kind === "name" ? last.name : undefined;
}

/** What the record is called: its alias; else `S3Object`, and the last name of its path, or `_1` after a wildcard. */
function namesOf({ alias, from }: Query): readonly string[] {
  if (alias !== undefined) return [alias];
  const last: Step | undefined = from.at(-1);
  if (last === undefined || last.kind === "index") return ["S3Object"];
  return ["S3Object", last.kind === "name" ? last.name : "_1"];
}
