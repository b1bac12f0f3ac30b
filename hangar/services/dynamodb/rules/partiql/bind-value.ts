// Turns literals of PartiQL statements into attribute values in stored form.

import { AwsError } from "../../../../kernel/aws-error.ts";
import { inOlderWords, invalidParameter, validation } from "../../errors.ts";
import { typeOf, type AttributeValue, type Item } from "../attribute-value.ts";
import { normalNumber } from "../decimal.ts";
import { shownNode, wrongAt } from "./places.ts";
import type { Node } from "./tree.ts";

const MAX_LEVELS = 32;

/** `at` is where in the value, as AWS writes it: `root.a[0]`. Parameters stand for whole values, never inside of one. */
export function literalValue(node: Node, at = "root", level = 0): AttributeValue {
  if (level >= MAX_LEVELS) throw validation(`Nesting Levels have exceeded supported limits under ${at}`);
  switch (node.kind) {
    case "text":
      return { S: node.value };
    case "number":
      return { N: numberOf(node.value, at) };
    case "boolean":
      return { BOOL: node.value };
    case "null":
      return { NULL: true };
    case "list":
      return { L: node.members.map((member, index) => literalValue(member, `${at}[${index}]`, level + 1)) };
    case "struct":
      return { M: membersOf(node.members, at, level) };
    case "bag":
      return setOf(node.members, at, level);
    case "ion":
      throw wrongAt(`Ion Literals are not supported: Ion under key ${at}`, node.place);
    default:
      throw wrongAt(`Unsupported data type: ${shownNode(node)} under key ${at}`, node.place);
  }
}

/** Whether a node is a value by itself. */
export function isLiteral({ kind }: Node): boolean {
  return LITERALS.has(kind);
}

const LITERALS: ReadonlySet<Node["kind"]> = new Set([
  "text",
  "number",
  "boolean",
  "null",
  "list",
  "struct",
  "bag",
  "ion",
]);

function numberOf(text: string, at: string): string {
  try {
    return normalNumber(text);
  } catch (caught) {
    const error = inOlderWords(caught);
    throw error instanceof AwsError ? validation(`${error.message} under ${at}`) : error;
  }
}

function membersOf(members: readonly (readonly [Node, Node])[], at: string, level: number): Item {
  const map = new Map<string, AttributeValue>();
  for (const [key, value] of members) {
    const name = memberName(key, map, at);
    map.set(name, literalValue(value, `${at}.${name}`, level + 1));
  }
  return Object.fromEntries(map);
}

export function memberName(key: Node, known: ReadonlyMap<string, unknown>, at: string): string {
  if (key.kind !== "text")
    throw wrongAt(`Tuple keys must be of type String. Actual type: ${shownNode(key)} under ${at}`, key.place);
  if (known.has(key.value)) throw wrongAt(`Duplicate keys in tuple. Key: ${key.value} under ${at}`, key.place);
  return key.value;
}

/** Bags are sets: of texts or of numbers. */
function setOf(members: readonly Node[], at: string, level: number): AttributeValue {
  if (members.length === 0) throw validation("Empty bags are not supported");
  const values = members.map((member) => literalValue(member, at, level + 1));
  const type = typeOf(values[0] as AttributeValue);
  if ((type !== "S" && type !== "N") || values.some((value) => value[type] === undefined))
    throw validation("Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags");
  const texts = values.map((value) => value[type] as string);
  if (new Set(texts).size < texts.length) {
    const written = members.map((member) => (member.kind === "number" || member.kind === "text" ? member.value : ""));
    throw invalidParameter(
      `Input collection [${written.join(", ")}] contains duplicates${type === "N" ? `! under ${at}` : "."}`,
    );
  }
  return type === "S" ? { SS: texts } : { NS: texts };
}
