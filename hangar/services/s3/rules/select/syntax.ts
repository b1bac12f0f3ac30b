// The syntax tree of S3 Select's SQL.

import type { Value } from "./values.ts";

/** One step of a path: a member, an element, or all of either. */
export type Step =
  | { readonly kind: "name"; readonly name: string; readonly exact: boolean }
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "all" };

export type Arithmetic = "+" | "-" | "*" | "/" | "%";
export type Comparison = "=" | "<>" | "<" | "<=" | ">" | ">=";
export const AGGREGATES = ["COUNT", "SUM", "AVG", "MIN", "MAX"] as const;
export type Aggregate = (typeof AGGREGATES)[number];

export type Expression =
  | { readonly kind: "literal"; readonly value: Value }
  | { readonly kind: "path"; readonly steps: readonly Step[] }
  | {
      readonly kind: "arithmetic";
      readonly operator: Arithmetic;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "compare"; readonly operator: Comparison; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "and" | "or"; readonly operands: readonly Expression[] }
  | { readonly kind: "not"; readonly operand: Expression }
  | { readonly kind: "in"; readonly operand: Expression; readonly among: readonly Expression[] }
  | { readonly kind: "between"; readonly operand: Expression; readonly low: Expression; readonly high: Expression }
  | {
      readonly kind: "like";
      readonly operand: Expression;
      readonly pattern: Expression;
      readonly escape: Expression | undefined;
    }
  | { readonly kind: "is"; readonly operand: Expression; readonly what: "NULL" | "MISSING" }
  | {
      readonly kind: "case";
      readonly operand: Expression | undefined;
      readonly branches: readonly { readonly when: Expression; readonly then: Expression }[];
      readonly otherwise: Expression | undefined;
    }
  | { readonly kind: "cast"; readonly operand: Expression; readonly type: string }
  /** `words` are what stands in a call beside expressions: date parts, LEADING. */
  | {
      readonly kind: "call";
      readonly name: string;
      readonly words: readonly string[];
      readonly operands: readonly Expression[];
    }
  /** COUNT(*) has no operand. */
  | { readonly kind: "aggregate"; readonly name: Aggregate; readonly operand: Expression | undefined };

export type Projection = { readonly expression: Expression; readonly alias: string | undefined };

export type Query = {
  /** Undefined is `*`. */
  readonly projections: readonly Projection[] | undefined;
  /** After `S3Object[*]`. */
  readonly from: readonly Step[];
  readonly alias: string | undefined;
  readonly where: Expression | undefined;
  readonly limit: number | undefined;
};
