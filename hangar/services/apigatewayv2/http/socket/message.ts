// A message of a client: to its route, and back what the route answers where it does.

import { Refusal, refusals } from "../../rules/refusal.ts";
import { selectedKey, socketRoute } from "../../rules/socket-routes.ts";
import type { ApiGatewayV2Context, RouteRow } from "../../store.ts";
import { throttle } from "../throttle.ts";
import { admit } from "./admit.ts";
import { refusalText } from "./refusal-text.ts";
import { runRoute } from "./integrate.ts";
import { logEvent } from "./log-event.ts";
import { newEvent, presentApi } from "./new-event.ts";
import type { Session, SocketEvent } from "./session.ts";

export async function answerMessage(context: ApiGatewayV2Context, session: Session, data: Buffer): Promise<void> {
  const { connection } = session;
  connection.lastActiveAt = context.clock.now();
  const present = presentApi(context, session);
  if (present === undefined) return connection.socket?.close(1001, "Going away");
  const body = data.toString("utf8");
  const { routes } = present.compiled.snapshot;
  const route = socketRoute(routes, selectedKey(present.api.RouteSelectionExpression, body));
  const messageId = `${context.ids.alphanumeric(15)}=`;
  const routeKey = route?.RouteKey ?? "$default";
  const event = newEvent(context, session, { ...present, eventType: "MESSAGE", routeKey, body, messageId });
  const reply = await replyOf(event, route);
  if (reply !== undefined && !context.world.disposed) connection.socket?.send(reply);
}

async function replyOf(event: SocketEvent, route: RouteRow | undefined): Promise<string | Buffer | undefined> {
  try {
    if (route?.Target === undefined) throw refusals.forbidden();
    throttle(event, route.RouteKey);
    await admit(event, route);
    const { body } = await runRoute(event, route);
    await logEvent(event, 200);
    return answers(event, route) ? body : undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await logEvent(event, error.status, error);
    return refusalText(event, error);
  }
}

/** Two-way routes say so, and have a response. */
function answers({ compiled }: SocketEvent, route: RouteRow): boolean {
  return (
    route.RouteResponseSelectionExpression !== undefined &&
    compiled.snapshot.routeResponses.some((each) => each.RouteId === route.RouteId)
  );
}
