// What a client of a WebSocket API is told where an event of it fails.

import type { Refusal } from "../../rules/refusal.ts";
import type { SocketEvent } from "./session.ts";

export function refusalText({ session, requestId }: SocketEvent, { status, message }: Refusal): string {
  const told = status >= 500 && status !== 504 ? "Internal server error" : message;
  return `{"message": ${JSON.stringify(told)}, "connectionId":"${session.connection.id}", "requestId":"${requestId}"}`;
}
