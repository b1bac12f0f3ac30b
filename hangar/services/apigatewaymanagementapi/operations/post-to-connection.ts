// Sends a message to a client that is connected. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html

import type { PostToConnectionInput } from "../../../models/apigatewaymanagementapi.d.ts";
import { connectionOf, operation } from "../store.ts";

export const postToConnection = operation<PostToConnectionInput, Record<string, never>>((input, { world, clock }) => {
  const { connection, socket } = connectionOf(world, input.ConnectionId);
  socket.send(Buffer.from(input.Data).toString("utf8"));
  connection.lastActiveAt = clock.now();
  return {};
});
