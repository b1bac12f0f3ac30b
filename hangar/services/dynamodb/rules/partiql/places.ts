// Says where in a statement something is wrong, as AWS does.

import { validation } from "../../errors.ts";
import type { Node, Place } from "./tree.ts";

export function wrongAt(message: string, { line, column, length }: Place): Error {
  return validation(`${message} at ${line}:${column}:${length}`);
}

const OPERATORS: Readonly<Record<string, string>> = {
  "=": "Eq",
  "<>": "Ne",
  "<": "Lt",
  "<=": "Lte",
  ">": "Gt",
  ">=": "Gte",
  and: "And",
  or: "Or",
  not: "Not",
  "+": "Plus",
  "-": "Minus",
  "*": "Times",
  "/": "Divide",
  "%": "Modulo",
  "||": "Concat",
  in: "InCollection",
  between: "Between",
  like: "Like",
};
const KINDS: Readonly<Record<Node["kind"], string>> = {
  text: "Lit",
  number: "Lit",
  boolean: "Lit",
  null: "Lit",
  ion: "Lit",
  missing: "Missing",
  star: "Star",
  parameter: "Parameter",
  name: "Id",
  path: "Path",
  call: "Call",
  operator: "Call",
  is: "IsType",
  list: "List",
  bag: "Bag",
  struct: "Struct",
  select: "Select",
  insert: "Insert",
  update: "Dml",
  delete: "Dml",
};

/** What PartiQL's own parser calls a node. */
export function className(node: Node): string {
  return (node.kind === "operator" ? OPERATORS[node.operator] : undefined) ?? KINDS[node.kind];
}

/** What AWS calls something that cannot stand where it does. */
export function shownNode(node: Node): string {
  if (node.kind === "call" || node.kind === "name") return node.name;
  if (node.kind === "operator") return node.operator;
  return node.kind === "missing" ? "MISSING" : className(node);
}
