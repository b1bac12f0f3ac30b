// What a batch of messages is held to before any of it is published.

import { emptyBatch, idsNotDistinct, invalidEntryId, tooManyEntries } from "../errors.ts";

const MOST = 10;
const LONGEST = 80;

export function checkBatch(entries: readonly { readonly Id: string }[]): void {
  if (entries.length === 0) throw emptyBatch();
  if (entries.length > MOST) throw tooManyEntries();
  const ids = entries.map((entry) => entry.Id);
  if (new Set(ids).size < ids.length) throw idsNotDistinct();
  for (const id of ids) {
    if (id.length > LONGEST) throw invalidEntryId(`is too long: ${id}`);
    if (!/^[\w-]*$/.test(id)) throw invalidEntryId(`contains an impermissible character: ${id}`);
  }
}
