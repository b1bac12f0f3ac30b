// Makes functions of expressions: what a record's value is, with SQL's three-valued logic.

import { fault } from "./faults.ts";
import { cast, ruleOf } from "./functions.ts";
import { isLike, likePattern, type LikePattern } from "./like.ts";
import { follow } from "./paths.ts";
import type { Arithmetic, Comparison, Expression, Step } from "./syntax.ts";
import { compare, numberOrNull, type Value } from "./values.ts";

export type Evaluate = (record: Value) => Value;

export type Scope = {
  /** Names of the record itself; any other name is of a member of it. */
  readonly names: readonly string[];
  readonly now: number;
  /** What stands for an aggregate; without it none may stand here. */
  readonly aggregate?: (expression: Expression & { kind: "aggregate" }) => Evaluate;
};

export function compile(expression: Expression, scope: Scope): Evaluate {
  switch (expression.kind) {
    case "literal":
      return () => expression.value;
    case "path":
      return path(expression.steps, scope);
    case "arithmetic":
      return arithmetic(expression.operator, compile(expression.left, scope), compile(expression.right, scope));
    case "compare":
      return comparison(expression.operator, compile(expression.left, scope), compile(expression.right, scope));
    case "and":
    case "or":
      return logic(
        expression.kind === "or",
        expression.operands.map((operand) => compile(operand, scope)),
      );
    case "not": {
      const operand = compile(expression.operand, scope);
      return (record) => {
        const value = truth(operand(record));
        return value === null ? null : !value;
      };
    }
    case "is": {
      const operand = compile(expression.operand, scope);
      const both = expression.what === "NULL";
      return (record) => {
        const value = operand(record);
        return value === undefined || (both && value === null);
      };
    }
    case "aggregate":
      if (scope.aggregate === undefined) throw fault("UnsupportedSqlStructure");
      return scope.aggregate(expression);
    default:
      return compileRest(expression, scope);
  }
}

type Rest = Extract<Expression, { kind: "in" | "between" | "like" | "case" | "cast" | "call" }>;

function compileRest(expression: Rest, scope: Scope): Evaluate {
  switch (expression.kind) {
    case "in":
      return among(
        compile(expression.operand, scope),
        expression.among.map((each) => compile(each, scope)),
      );
    case "between": {
      const { operand, low, high } = expression;
      const operands = [
        { kind: "compare", operator: ">=", left: operand, right: low },
        { kind: "compare", operator: "<=", left: operand, right: high },
      ] as const;
      return compile({ kind: "and", operands }, scope);
    }
    case "like":
      return like(expression, scope);
    case "case":
      return conditional(expression, scope);
    case "cast": {
      const operand = compile(expression.operand, scope);
      return (record) => cast(operand(record), expression.type);
    }
    case "call": {
      const { words } = expression;
      const rule = ruleOf(expression.name, expression.operands.length);
      const operands = expression.operands.map((each) => compile(each, scope));
      return (record) => {
        const values = operands.map((operand) => operand(record));
        if (rule.nulls !== true && values.some((value) => value === null || value === undefined)) return null;
        return rule.call({ words, values, now: scope.now });
      };
    }
  }
}

function path([first, ...rest]: readonly Step[], { names }: Scope): Evaluate {
  if (first === undefined || first.kind !== "name") return (record) => record;
  const lower = first.name.toLowerCase();
  const ofRecord = names.some((name) => (first.exact ? name === first.name : name.toLowerCase() === lower));
  const steps = (ofRecord ? rest : [first, ...rest]).map(follow);
  const [only] = steps;
  if (steps.length === 1 && only !== undefined) return only;
  return (record) => {
    let value = record;
    for (const step of steps) value = step(value);
    return value;
  };
}

function arithmetic(operator: Arithmetic, left: Evaluate, right: Evaluate): Evaluate {
  return (record) => {
    const a = numberOrNull(left(record));
    const b = numberOrNull(right(record));
    if (a === null || b === null) return null;
    switch (operator) {
      case "+":
        return a + b;
      case "-":
        return a - b;
      case "*":
        return a * b;
      case "/":
      case "%":
        return divided(operator, a, b);
    }
  };
}

/** Integers divide as integers. */
function divided(operator: "/" | "%", a: number, b: number): number {
  if (b === 0) throw fault("EvaluatorInvalidArguments");
  if (operator === "%") return a % b || 0;
  return Number.isInteger(a) && Number.isInteger(b) ? Math.trunc(a / b) || 0 : a / b;
}

function comparison(operator: Comparison, left: Evaluate, right: Evaluate): Evaluate {
  return (record) => {
    const a = left(record);
    const b = right(record);
    if (a === null || a === undefined || b === null || b === undefined) return null;
    const order = compare(a, b);
    if (operator === "=") return order === 0;
    if (operator === "<>") return order !== 0;
    if (order === undefined) return null;
    if (operator === "<") return order < 0;
    if (operator === "<=") return order <= 0;
    return operator === ">" ? order > 0 : order >= 0;
  };
}

function truth(value: Value): boolean | null {
  if (typeof value === "boolean") return value;
  if (value === null || value === undefined) return null;
  const lower = typeof value === "string" ? value.toLowerCase() : "";
  if (lower === "true" || lower === "false") return lower === "true";
  throw fault("IncorrectSqlFunctionArgumentType");
}

/** OR ends at the first true, AND at the first false; else null wins. */
function logic(decides: boolean, operands: readonly Evaluate[]): Evaluate {
  return (record) => {
    let unknown = false;
    for (const operand of operands) {
      const value = truth(operand(record));
      if (value === decides) return decides;
      unknown ||= value === null;
    }
    return unknown ? null : !decides;
  };
}

function among(operand: Evaluate, list: readonly Evaluate[]): Evaluate {
  return (record) => {
    const value = operand(record);
    if (value === null || value === undefined) return null;
    let unknown = false;
    for (const each of list) {
      const other = each(record);
      if (other === null || other === undefined) unknown = true;
      else if (compare(value, other) === 0) return true;
    }
    return unknown ? null : false;
  };
}

function like(expression: Expression & { kind: "like" }, scope: Scope): Evaluate {
  const operand = compile(expression.operand, scope);
  const pattern = compile(expression.pattern, scope);
  const escape = expression.escape === undefined ? undefined : compile(expression.escape, scope);
  let last: { readonly text: string; readonly escape: Value; readonly pattern: LikePattern } | undefined;
  return (record) => {
    const [value, text, escaping] = [operand(record), pattern(record), escape?.(record)];
    if (value === null || value === undefined || text === null || text === undefined) return null;
    if (typeof value !== "string" || typeof text !== "string") throw fault("LikeInvalidInputs");
    if (escape !== undefined && typeof escaping !== "string") throw fault("LikeInvalidInputs");
    if (last === undefined || last.text !== text || last.escape !== escaping) {
      last = { text, escape: escaping, pattern: likePattern(text, escaping as string | undefined) };
    }
    return isLike(value, last.pattern);
  };
}

function conditional(expression: Expression & { kind: "case" }, scope: Scope): Evaluate {
  const operand = expression.operand === undefined ? undefined : compile(expression.operand, scope);
  const branches = expression.branches.map(({ when, then }) => ({
    when: compile(when, scope),
    then: compile(then, scope),
  }));
  const otherwise = expression.otherwise === undefined ? () => null : compile(expression.otherwise, scope);
  return (record) => {
    const value = operand?.(record);
    for (const { when, then } of branches) {
      const found = operand === undefined ? truth(when(record)) === true : compare(value, when(record)) === 0;
      if (found) return then(record);
    }
    return otherwise(record);
  };
}
