// Forgets an archive with its events. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteArchive.html

import type { DeleteArchiveInput, DeleteArchiveOutput } from "../../../models/events.d.ts";
import { compositeKey } from "../../../kernel/table.ts";
import { archiveAt } from "../rules/archive.ts";
import { operation } from "../store.ts";

export const deleteArchive = operation<DeleteArchiveInput, DeleteArchiveOutput>((input, context) => {
  const { store } = context;
  const { name } = archiveAt(context, input.ArchiveName);
  for (const key of Array.from(store.archived.keys({ prefix: compositeKey(name, "") }))) store.archived.delete(key);
  store.archives.delete(name);
  return {};
});
