// One comparison of a filter pattern: a field against a number, a text with wildcards, an address or an expression.

import { invalidParameter } from "../errors.ts";
import { regularExpression } from "./regular-expression.ts";

export type Comparison = (value: unknown) => boolean;

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

export function comparison(operator: string, operand: string): Comparison {
  if (operator === "=") return equals(operand);
  if (operator === "!=") {
    const same = equals(operand);
    return (value) => !same(value);
  }
  if (!["<", "<=", ">", ">="].includes(operator) || !NUMBER.test(operand))
    throw invalidParameter("Invalid filter pattern");
  const limit = Number(operand);
  return (value) => {
    const number = numberOf(value);
    if (number === undefined) return false;
    if (operator === "<") return number < limit;
    if (operator === "<=") return number <= limit;
    return operator === ">" ? number > limit : number >= limit;
  };
}

function equals(operand: string): Comparison {
  if (operand.startsWith("%")) {
    const pattern = regularExpression(operand.slice(1, -1));
    return (value) => isScalar(value) && pattern.test(String(value));
  }
  if (!operand.startsWith('"') && NUMBER.test(operand)) {
    const wanted = Number(operand);
    return (value) => numberOf(value) === wanted;
  }
  const text = operand.startsWith('"') ? operand.slice(1, -1).replaceAll(/\\(.)/g, "$1") : operand;
  if (text.includes("*")) {
    const pattern = new RegExp(
      `^${text
        .split("*")
        .map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, String.raw`\$&`))
        .join(".*")}$`,
      "s",
    );
    return (value) => isScalar(value) && pattern.test(String(value));
  }
  return (value) => isScalar(value) && String(value) === text;
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && NUMBER.test(value) ? Number(value) : undefined;
}
