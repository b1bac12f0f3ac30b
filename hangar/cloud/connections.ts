// WebSocket connections of a world: sockets cannot be rows, so a fork has none of its parent's.

import type { World } from "./world.ts";

/** A socket as those who took it see it. */
export type OpenSocket = {
  send(data: string | Uint8Array): void;
  close(code: number, reason: string): void;
};

export type Connection = {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly apiId: string;
  readonly stage: string;
  /** Milliseconds. */
  readonly connectedAt: number;
  lastActiveAt: number;
  readonly sourceIp: string;
  readonly userAgent: string;
  /** Undefined until the handshake is done. */
  socket: OpenSocket | undefined;
};

const CONNECTIONS = "cloud.connections";

export function connectionsOf(world: World): Map<string, Connection> {
  let found = world.attachments.get(CONNECTIONS) as Map<string, Connection> | undefined;
  if (found === undefined) {
    found = new Map();
    world.attachments.set(CONNECTIONS, found);
  }
  return found;
}
