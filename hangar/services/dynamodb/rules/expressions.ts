// Parsed expressions by their text: the same few texts come again and again.

import { parseCondition } from "./parse-condition.ts";
import { parseProjection, parseUpdate } from "./parse-update.ts";
import { invalidExpression } from "./expression-tokens.ts";
import type { ConditionTree, UpdateTree, WrittenPath } from "./expression-tree.ts";

const KEPT = 1000;
const MAX_BYTES = 4096;

/** Of updates alone AWS does not say how long they are. */
function tooLong(text: string, label: string): Error {
  const size = label === "UpdateExpression" ? "" : ` expression size: ${Buffer.byteLength(text)}`;
  return invalidExpression(label, `Expression size has exceeded the maximum allowed size;${size}`);
}

/** Remembers the newest results; parsing the same text under the same label gives the same tree. */
function remembered<Tree>(parse: (text: string, label: string) => Tree): (text: string, label: string) => Tree {
  const known = new Map<string, Tree>();
  return (text, label) => {
    const key = `${label}:${text}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    if (text === "") throw invalidExpression(label, "The expression can not be empty;");
    if (Buffer.byteLength(text) > MAX_BYTES) throw tooLong(text, label);
    const tree = parse(text, label);
    if (known.size >= KEPT) known.delete(known.keys().next().value as string);
    known.set(key, tree);
    return tree;
  };
}

export const conditionTree: (text: string, label: string) => ConditionTree = remembered(parseCondition);
export const updateTree: (text: string, label: string) => UpdateTree = remembered(parseUpdate);
export const projectionTree: (text: string, label: string) => readonly WrittenPath[] = remembered(parseProjection);
