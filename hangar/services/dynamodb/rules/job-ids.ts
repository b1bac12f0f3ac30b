// Ids, pages and tokens of exports and imports.

import { validation } from "../errors.ts";

/** `01693685827463-2d8752fd`: when it was asked for, and chance. */
export function jobId(now: number, chance: string): string {
  return `${String(now).padStart(14, "0")}-${chance}`;
}

function idOf(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

const PAGE = 10;
/** A client checks that a token has groups of 16 hex digits, and 112 at least. */
const GROUP_BYTES = 8;
const TOKEN_BYTES = 56;

export type Page<Row> = { readonly rows: readonly Row[]; readonly next: string | undefined };

/** The newest first; `kind` is what the token is good for. */
export function pageOf<Row extends { readonly arn: string }>(
  rows: readonly Row[],
  { kind, token, limit = PAGE }: { kind: string; token?: string | undefined; limit?: number | undefined },
): Page<Row> {
  const after = token === undefined ? undefined : positionOf(kind, token);
  const sorted = rows
    .map((row) => ({ row, position: `${idOf(row.arn)} ${row.arn}` }))
    .toSorted((left, right) => (left.position < right.position ? 1 : -1));
  const rest = after === undefined ? sorted : sorted.filter(({ position }) => position < after);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page.map(({ row }) => row),
    next: page.length < rest.length && last !== undefined ? tokenOf(kind, last.position) : undefined,
  };
}

function tokenOf(kind: string, position: string): string {
  const bytes = Buffer.from(`${kind} ${position}`);
  const length = Math.max(TOKEN_BYTES, Math.ceil(bytes.length / GROUP_BYTES) * GROUP_BYTES);
  return Buffer.concat([bytes, Buffer.alloc(length - bytes.length)]).toString("hex");
}

function positionOf(kind: string, token: string): string {
  const text = Buffer.from(token, "hex").toString().replaceAll("\u0000", "");
  if (!text.startsWith(`${kind} `)) throw validation(`Invalid Request: Provided nextToken is invalid: ${token}`);
  return text.slice(kind.length + 1);
}
