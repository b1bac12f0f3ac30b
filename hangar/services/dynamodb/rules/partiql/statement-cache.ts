// Keeps what the last statements were parsed to: programs run the same few over and over.

import { parseStatement } from "./parse-expression.ts";
import type { StatementTree } from "./tree.ts";

/** A statement has at most 8,192 characters. */
const KEPT = 512;
const known = new Map<string, StatementTree>();

/** The parsed statement; throws what AWS says of one that is not well formed. */
export function statementTree(text: string): StatementTree {
  const kept = known.get(text);
  if (kept !== undefined) return kept;
  const tree = parseStatement(text);
  if (known.size >= KEPT) known.delete(known.keys().next().value as string);
  known.set(text, tree);
  return tree;
}
