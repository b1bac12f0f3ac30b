// How many operators an expression may have: as many as DynamoDB's other expressions, which keeps its tree shallow too.

import { validation } from "../../errors.ts";
import type { Node } from "./tree.ts";

const MAX_OPERATORS = 300;

/** Goes down without recursion: chains of operators are as deep as they are long. */
export function checkOperators(expressions: readonly Node[]): void {
  const open = [...expressions];
  let count = 0;
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === "operator" || node.kind === "is" || node.kind === "call") count += 1;
    if (node.kind === "operator" || node.kind === "call") open.push(...node.operands);
    else if (node.kind === "is") open.push(node.operand);
  }
  if (count > MAX_OPERATORS) throw validation(`The expression contains too many operators; operator count: ${count}`);
}
