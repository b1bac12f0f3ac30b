// Which span the code that runs now belongs to: what it writes is noted there.

import { AsyncLocalStorage } from "node:async_hooks";
import type { Span } from "./trace.ts";
import { withoutPassword } from "./without-password.ts";

/** Of each span; the rest is counted. */
const LISTED = 10;

/** What a span wrote: `+ table key`, `- table key` where the row went. */
export type Writes = { count: number; readonly rows: string[] };

const current = new AsyncLocalStorage<Span>();
let span: Span | undefined;

/** Before Node 24 following a call through all it awaits would slow down every promise of the process: there only what it writes before its first await is noted. */
const FOLLOWS = Number(process.versions.node.split(".")[0]) >= 24;

export function within<Answer>(now: Span, run: () => Answer): Answer {
  if (FOLLOWS) return current.run(now, run);
  const before = span;
  span = now;
  try {
    return run();
  } finally {
    span = before;
  }
}

export function noteWrite(table: string, key: string, row: unknown): void {
  const writer = FOLLOWS ? current.getStore() : span;
  // The scheduler's own rows are the work spans themselves.
  if (writer === undefined || table.startsWith("scheduler/")) return;
  const writes = (writer.attributes["writes"] ??= { count: 0, rows: [] }) as Writes;
  writes.count += 1;
  if (writes.rows.length < LISTED)
    writes.rows.push(`${row === undefined ? "-" : "+"} ${table} ${withoutPassword(key)}`);
}
