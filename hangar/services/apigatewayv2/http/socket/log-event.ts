// The access log of WebSocket APIs: a line for each connection, message and end.

import { socketContext } from "../../rules/socket-context.ts";
import type { Refusal } from "../../rules/refusal.ts";
import { writeLine } from "../access-log.ts";
import type { SocketEvent } from "./session.ts";

export async function logEvent(event: SocketEvent, status: number, refusal?: Refusal): Promise<void> {
  if (event.stage.AccessLogSettings === undefined) return;
  const error = {
    message: refusal?.message,
    messageString: JSON.stringify(refusal?.message),
    responseType: refusal?.facts.type,
  };
  await writeLine(event, {
    ...socketContext(event),
    status,
    error,
    integrationErrorMessage: refusal?.facts.reason,
    responseLatency: event.context.clock.now() - event.startedAt,
  });
}
