// Lists connections by name or state. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListConnections.html

import type { ListConnectionsInput, ListConnectionsOutput } from "../../../models/events.d.ts";
import { shownConnection } from "../rules/connection.ts";
import { pageOf } from "../rules/page.ts";
import { operation } from "../store.ts";

export const listConnections = operation<ListConnectionsInput, ListConnectionsOutput>((input, { store }) => {
  const found = [...store.connections.rows({ prefix: input.NamePrefix ?? "" })].filter(
    (connection) => input.ConnectionState === undefined || connection.state === input.ConnectionState,
  );
  const { items, next } = pageOf(found, input.Limit, input.NextToken);
  return { Connections: items.map(shownConnection), NextToken: next };
});
