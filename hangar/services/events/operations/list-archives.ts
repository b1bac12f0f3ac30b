// Lists archives by name, bus or state. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListArchives.html

import type { ListArchivesInput, ListArchivesOutput } from "../../../models/events.d.ts";
import { shownArchive } from "../rules/archive.ts";
import { pageOf } from "../rules/page.ts";
import { busAt, operation } from "../store.ts";

export const listArchives = operation<ListArchivesInput, ListArchivesOutput>((input, context) => {
  const bus = input.EventSourceArn === undefined ? undefined : busAt(context, input.EventSourceArn).name;
  const found = [...context.store.archives.rows({ prefix: input.NamePrefix ?? "" })].filter(
    (archive) => (bus === undefined || archive.bus === bus) && (input.State ?? "ENABLED") === "ENABLED",
  );
  const { items, next } = pageOf(found, input.Limit, input.NextToken);
  return { Archives: items.map((archive) => shownArchive(context, archive)), NextToken: next };
});
