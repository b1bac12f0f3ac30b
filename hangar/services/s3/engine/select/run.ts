// Runs a plan over records and tells of it in S3 Select's events: Records, Progress or Cont on the way, Stats and End.

import type { SelectObjectContentEventStream, Stats } from "../../../../models/s3.d.ts";
import { fault } from "../../rules/select/faults.ts";
import type { Plan, Result } from "../../rules/select/plan.ts";
import type { Value } from "../../rules/select/values.ts";
import type { Write } from "./output.ts";
import { LONGEST_RECORD } from "./records.ts";

/** Bytes of the object read, and of them after decompression. */
export type Counts = { scanned: number; processed: number };

/** A Records event is sent once it has this much. */
const FULL_EVENT = 64 * 1024;
/** How much is read between two signs of life. AWS sends them by time. */
const SIGN_OF_LIFE = 16 * 1024 * 1024;

export type Run = {
  readonly plan: Plan;
  readonly write: Write;
  readonly records: AsyncIterable<readonly Value[]>;
  readonly counts: Counts;
  readonly progress: boolean;
};

export async function* events(run: Run): AsyncGenerator<SelectObjectContentEventStream> {
  const { plan, counts, progress } = run;
  const out = new Outgoing(run.write);
  let quiet = SIGN_OF_LIFE;
  if (!plan.full()) {
    for await (const batch of run.records) {
      for (const record of batch) {
        out.add(plan.take(record));
        if (out.isFull()) yield out.event();
        if (plan.full()) break;
      }
      if (plan.full()) break;
      if (counts.processed < quiet) continue;
      quiet = counts.processed + SIGN_OF_LIFE;
      yield progress ? { Progress: { Details: details(counts, out.returned) } } : { Cont: {} };
    }
  }
  out.add(plan.end());
  if (!out.isEmpty()) yield out.event();
  const Details = details(counts, out.returned);
  if (progress) yield { Progress: { Details } };
  yield { Stats: { Details } };
  yield { End: {} };
}

function details({ scanned, processed }: Counts, returned: number): Stats {
  return { BytesScanned: scanned, BytesProcessed: processed, BytesReturned: returned };
}

class Outgoing {
  readonly #write: Write;
  #texts: string[] = [];
  #size = 0;
  returned = 0;

  constructor(write: Write) {
    this.#write = write;
  }

  add(results: readonly Result[]): void {
    for (const result of results) {
      const text = this.#write(result);
      if (text.length > LONGEST_RECORD) throw fault("OverMaxRecordSize");
      this.#texts.push(text);
      this.#size += text.length;
    }
  }

  isFull(): boolean {
    return this.#size >= FULL_EVENT;
  }

  isEmpty(): boolean {
    return this.#texts.length === 0;
  }

  event(): SelectObjectContentEventStream {
    const Payload = Buffer.from(this.#texts.join(""));
    this.#texts = [];
    this.#size = 0;
    this.returned += Payload.length;
    return { Records: { Payload } };
  }
}
