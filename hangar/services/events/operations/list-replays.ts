// Lists replays by name, archive or state. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListReplays.html

import type { ListReplaysInput, ListReplaysOutput } from "../../../models/events.d.ts";
import { shownReplay } from "../rules/archive.ts";
import { pageOf } from "../rules/page.ts";
import { operation } from "../store.ts";

export const listReplays = operation<ListReplaysInput, ListReplaysOutput>((input, { store }) => {
  const found = [...store.replays.rows({ prefix: input.NamePrefix ?? "" })].filter(
    (replay) =>
      (input.EventSourceArn === undefined || replay.archiveArn === input.EventSourceArn) &&
      (input.State === undefined || replay.state === input.State),
  );
  const { items, next } = pageOf(found, input.Limit, input.NextToken);
  return { Replays: items.map(shownReplay), NextToken: next };
});
