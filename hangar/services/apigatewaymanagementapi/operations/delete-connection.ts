// Ends a client's connection.

import { connectionsOf } from "../../../cloud/connections.ts";
import type { DeleteConnectionInput } from "../../../models/apigatewaymanagementapi.d.ts";
import { connectionOf, operation } from "../store.ts";

export const deleteConnection = operation<DeleteConnectionInput, Record<string, never>>((input, { world }) => {
  const { socket } = connectionOf(world, input.ConnectionId);
  connectionsOf(world).delete(input.ConnectionId);
  socket.close(1000, "Connection Closed Normally");
  return {};
});
