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

/** Runs each entry; what AWS refuses of one does not stop the others. */
export function eachEntry<Entry extends { readonly Id: string }, Result>(
  entries: readonly Entry[],
  run: (entry: Entry) => Result,
): { successful: (Result & { readonly Id: string })[]; failed: BatchResultErrorEntry[] } {
  const successful: (Result & { readonly Id: string })[] = [];
  const failed: BatchResultErrorEntry[] = [];
  for (const entry of entries) {
    try {
      successful.push({ Id: entry.Id, ...run(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed.push({ Id: entry.Id, SenderFault: error.fault === "client", Code: error.code, Message: error.message });
    }
  }
  return { successful, failed };
}
