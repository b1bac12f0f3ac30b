// Tells of a client that is connected.

import type { GetConnectionInput, GetConnectionOutput } from "../../../models/apigatewaymanagementapi.d.ts";
import { connectionOf, operation } from "../store.ts";

export const getConnection = operation<GetConnectionInput, GetConnectionOutput>((input, { world }) => {
  const { connection } = connectionOf(world, input.ConnectionId);
  const { connectedAt, lastActiveAt, sourceIp, userAgent } = connection;
  return {
    ConnectedAt: new Date(connectedAt),
    LastActiveAt: new Date(lastActiveAt),
    Identity: { SourceIp: sourceIp, UserAgent: userAgent },
  };
});
