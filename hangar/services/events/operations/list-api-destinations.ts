// Lists API destinations by name or connection. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListApiDestinations.html

import type { ListApiDestinationsInput, ListApiDestinationsOutput } from "../../../models/events.d.ts";
import { shownApiDestination } from "../rules/api-destination.ts";
import { pageOf } from "../rules/page.ts";
import { operation } from "../store.ts";

export const listApiDestinations = operation<ListApiDestinationsInput, ListApiDestinationsOutput>((input, context) => {
  const found = [...context.store.apiDestinations.rows({ prefix: input.NamePrefix ?? "" })].filter(
    (destination) => input.ConnectionArn === undefined || destination.connectionArn === input.ConnectionArn,
  );
  const { items, next } = pageOf(found, input.Limit, input.NextToken);
  return { ApiDestinations: items.map((each) => shownApiDestination(context, each)), NextToken: next };
});
