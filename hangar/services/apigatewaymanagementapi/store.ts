// Connections are no rows: they are found where the WebSocket APIs of this world keep them.

import { connectionsOf, type Connection, type OpenSocket } from "../../cloud/connections.ts";
import { operationsOn } from "../../cloud/operation.ts";
import type { World } from "../../cloud/world.ts";
import { gone, invalidConnectionId } from "./errors.ts";

export const tables = {};
export type Tables = typeof tables;
export const operation = operationsOn<Tables>();

export function connectionOf(
  world: World,
  id: string,
): { readonly connection: Connection; readonly socket: OpenSocket } {
  if (!/^[\w-]{15}=$/.test(id)) throw invalidConnectionId(id);
  const connection = connectionsOf(world).get(id);
  if (connection?.socket === undefined) throw gone();
  return { connection, socket: connection.socket };
}
