// A client that left, or was sent away: $disconnect is told, whatever it answers.

import { connectionsOf } from "../../../../cloud/connections.ts";
import { Refusal } from "../../rules/refusal.ts";
import type { ApiGatewayV2Context } from "../../store.ts";
import { runRoute } from "./integrate.ts";
import { logEvent } from "./log-event.ts";
import { newEvent, presentApi } from "./new-event.ts";
import type { Session } from "./session.ts";

/** What AWS says where the client gave no reason. */
const REASONS: Readonly<Record<number, string>> = {
  1000: "",
  1001: "Going away",
  1005: "Client-side close frame status not set",
  1006: "Abnormal closure",
  1009: "Message too long",
};

export async function disconnected(
  context: ApiGatewayV2Context,
  session: Session,
  { code, reason }: { readonly code: number; readonly reason: string },
): Promise<void> {
  connectionsOf(context.world).delete(session.connection.id);
  const present = presentApi(context, session);
  if (present === undefined) return;
  const end = { code, reason: reason === "" ? (REASONS[code] ?? "") : reason };
  const event = newEvent(context, session, { ...present, eventType: "DISCONNECT", routeKey: "$disconnect", end });
  const route = present.compiled.snapshot.routes.find((each) => each.RouteKey === "$disconnect");
  try {
    if (route?.Target !== undefined) await runRoute(event, route);
    await logEvent(event, 200);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await logEvent(event, error.status, error);
  }
}
