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

/** What answered without a promise when it first ran: nothing of it comes later, so nothing has to follow it. */
const atOnce = new WeakMap<object, boolean>();

/** `of` is what runs, the same at every call of it. */
export function within<Answer>(now: Span, of: object, run: () => Answer): Answer {
  const before = span;
  span = now;
  try {
    if (!FOLLOWS || atOnce.get(of) === true) {
      const answer = run();
      if (answer instanceof Promise) atOnce.set(of, false);
      return answer;
    }
    const answer = current.run(now, run);
    if (atOnce.get(of) === undefined) atOnce.set(of, !(answer instanceof Promise));
    return answer;
  } finally {
    span = before;
  }
}

export function noteWrite(table: string, key: string, row: unknown): void {
  const writer = span ?? current.getStore();
  // The scheduler's own rows are the work spans themselves.
  if (writer === undefined || table.startsWith("scheduler/")) return;
  const writes = (writer.attributes["writes"] ??= { count: 0, rows: [] }) as Writes;
  writes.count += 1;
  if (writes.rows.length < LISTED)
    writes.rows.push(`${row === undefined ? "-" : "+"} ${table} ${withoutPassword(key)}`);
}
