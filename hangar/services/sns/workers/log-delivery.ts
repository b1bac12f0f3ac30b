// Writes what became of a delivery to CloudWatch Logs, where the topic asks for it.

import { isLogged, logGroup, logLine, logsFeedback } from "../rules/delivery-logging.ts";
import type { SnsContext } from "../store.ts";
import type { Sending } from "./send.ts";

export type Outcome = { readonly statusCode: number; readonly response: string; readonly failed: boolean };

export async function logDelivery(
  context: SnsContext,
  { topic, subscription, message }: Sending,
  outcome: Outcome,
): Promise<void> {
  if (!logsFeedback(topic)) return;
  const { ids, clock, ports } = context;
  const { failed } = outcome;
  if (!isLogged(topic, subscription.protocol, { failed, draw: ids.fraction() })) return;
  const facts = { ...outcome, id: ids.uuid(), destination: subscription.endpoint, now: clock.now() };
  await ports.logs.write(logGroup(topic, failed), ids.uuid(), [
    { timestamp: clock.now(), message: logLine(message, facts) },
  ]);
}
