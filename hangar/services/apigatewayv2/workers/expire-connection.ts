// Ends a connection that was silent for too long, or has lasted for as long as one may.

import { connectionsOf } from "../../../cloud/connections.ts";
import { EXPIRE, idleUntil } from "../http/socket/expiry.ts";
import type { ApiGatewayV2Context } from "../store.ts";

export function expireConnection(data: { readonly connectionId: string }, context: ApiGatewayV2Context): void {
  const connections = connectionsOf(context.world);
  const connection = connections.get(data.connectionId);
  if (connection === undefined) return;
  const until = idleUntil(connection);
  if (until > context.clock.now()) {
    context.scheduler.at(until, EXPIRE, data);
    return;
  }
  connections.delete(connection.id);
  connection.socket?.close(1001, "Going away");
}
