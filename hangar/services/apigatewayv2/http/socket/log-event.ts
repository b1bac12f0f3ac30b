// The logs of a WebSocket API's stage: a line of the access log for each connection, message and end, and what was done for it.

import type { Refusal } from "../../rules/refusal.ts";
import { socketContext } from "../../rules/socket-context.ts";
import { eventLines, failureLine, type EventEnd } from "../../rules/socket-lines.ts";
import { streamOf, writeLine } from "../access-log.ts";
import type { SocketEvent } from "./session.ts";

export async function logEvent(event: SocketEvent, status: number, refusal?: Refusal): Promise<void> {
  await writeExecution(event, { status, refusal });
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
    integration: { status: event.integration?.status, latency: event.integration?.latency },
    integrationLatency: event.integration?.latency,
    integrationErrorMessage: refusal?.facts.reason,
    responseLatency: event.context.clock.now() - event.startedAt,
  });
}

async function writeExecution(event: SocketEvent, end: EventEnd): Promise<void> {
  const { context, api, stage, routeKey, requestId } = event;
  const { LoggingLevel = "OFF", DataTraceEnabled } =
    stage.RouteSettings?.[routeKey] ?? stage.DefaultRouteSettings ?? {};
  if (LoggingLevel === "OFF" || context.world.disposed) return;
  const failures = end.refusal === undefined ? [] : [failureLine(end.refusal)];
  const lines = LoggingLevel === "INFO" ? eventLines(event, end, DataTraceEnabled === true) : failures;
  if (lines.length === 0) return;
  const timestamp = context.clock.now();
  await context.ports.logs.write(
    `/aws/apigateway/${api.ApiId}/${stage.StageName}`,
    streamOf(event),
    lines.map((line) => ({ timestamp, message: `(${requestId}) ${line}` })),
  );
}
