// The numeric operator: one comparison, or two that make a range.

import { invalidPattern } from "../errors.ts";

const LIMIT = 5e9;

export function numericTest(operand: unknown): (value: unknown) => boolean {
  if (!Array.isArray(operand)) throw invalidPattern("Value of numeric must be an array.");
  const [operator, bound, second, secondBound, ...rest] = operand as readonly unknown[];
  if (operator === undefined) throw invalidPattern("Invalid member in numeric match: ]");
  if (typeof operator !== "string") throw invalidPattern(`Invalid member in numeric match: ${String(operator)}`);
  const first = comparison(operator, bound);
  if (second === undefined) return (value) => typeof value === "number" && first(value);
  const lower = operator === ">" || operator === ">=";
  if (operator === "=" || typeof second !== "string" || rest.length > 0)
    throw invalidPattern("Too many elements in numeric expression");
  if (lower ? second !== "<" && second !== "<=" : second !== ">" && second !== ">=")
    throw invalidPattern(`Bad numeric range operator: ${second}`);
  const other = comparison(second, secondBound);
  if (lower && Number(bound) >= Number(secondBound)) throw invalidPattern("Bottom must be less than top");
  return (value) => typeof value === "number" && first(value) && other(value);
}

function comparison(operator: string, bound: unknown): (value: number) => boolean {
  if (!["=", "<", "<=", ">", ">="].includes(operator))
    throw invalidPattern(`Unrecognized numeric range operator: ${operator}`);
  if (typeof bound !== "number")
    throw invalidPattern(`Value of ${operator === "=" ? "equals" : operator} must be numeric`);
  if (Math.abs(bound) > LIMIT) throw invalidPattern(`Value must be between -5.0E9 and 5.0E9, inclusive`);
  if (operator === "=") return (value) => value === bound;
  if (operator === "<") return (value) => value < bound;
  if (operator === "<=") return (value) => value <= bound;
  if (operator === ">") return (value) => value > bound;
  return (value) => value >= bound;
}
