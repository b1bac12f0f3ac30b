// Lists buses by name. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListEventBuses.html

import type { ListEventBusesInput, ListEventBusesOutput } from "../../../models/events.d.ts";
import { pageOf } from "../rules/page.ts";
import { DEFAULT_BUS, findBus, operation } from "../store.ts";

export const listEventBuses = operation<ListEventBusesInput, ListEventBusesOutput>((input, context) => {
  findBus(context, DEFAULT_BUS);
  const found = [...context.store.buses.rows({ prefix: input.NamePrefix ?? "" })];
  const { items, next } = pageOf(found, input.Limit, input.NextToken);
  return {
    EventBuses: items.map((bus) => ({
      Name: bus.name,
      Arn: bus.arn,
      Description: bus.description,
      Policy: bus.policy,
      CreationTime: new Date(bus.created),
      LastModifiedTime: new Date(bus.modified),
    })),
    NextToken: next,
  };
});
