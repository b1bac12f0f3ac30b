// What every batch request is held to, and how one entry's failure is reported.

import type { BatchResultErrorEntry } from "../../../models/sqs.d.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { batchEntryIdsNotDistinct, emptyBatch, invalidBatchEntryId, tooManyEntries } from "../errors.ts";

const ID = /^[\w-]{1,80}$/;

export function checkBatch(entries: readonly { readonly Id: string }[], entryName: string): void {
  if (entries.length === 0) throw emptyBatch(entryName);
  if (entries.length > 10) throw tooManyEntries(entries.length);
  const seen = new Set<string>();
  for (const { Id } of entries) {
    if (!ID.test(Id)) throw invalidBatchEntryId();
    if (seen.has(Id)) throw batchEntryIdsNotDistinct(Id);
    seen.add(Id);
  }
}

type Batch<Result> = { Successful: (Result & { readonly Id: string })[]; Failed: BatchResultErrorEntry[] };

/** Runs each entry; what AWS refuses of one does not stop the others. A list that has nothing is not in the answer, whatever the model says. */
export function eachEntry<Entry extends { readonly Id: string }, Result>(
  entries: readonly Entry[],
  run: (entry: Entry) => Result,
): Batch<Result> {
  const Successful: Batch<Result>["Successful"] = [];
  const Failed: BatchResultErrorEntry[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...run(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: error.fault === "client", Code: error.code, Message: error.message });
    }
  }
  return {
    ...(Successful.length > 0 && { Successful }),
    ...(Failed.length > 0 && { Failed }),
  } as Batch<Result>;
}
