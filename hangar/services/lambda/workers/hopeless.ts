// Messages and records that a function fails again and again, though nothing will ever take them away: settle() is told of them.

import { doubt, HOPELESS, noDoubt } from "../../../cloud/unsettled.ts";
import type { QueueMessage } from "../../../ports/queues.ts";
import type { Outcome } from "../engine/deployment.ts";
import type { LambdaContext, MappingRow } from "../store.ts";

export function forgetMessages({ world }: LambdaContext, mapping: MappingRow, messages: readonly QueueMessage[]): void {
  for (const { messageId } of messages) noDoubt(world, `${mapping.UUID} ${messageId}`);
}

/** After they were left in the queue. */
export function watchMessages(
  context: LambdaContext,
  mapping: MappingRow,
  messages: readonly QueueMessage[],
  outcome: Outcome,
): void {
  for (const message of messages) {
    const times = Number(message.attributes["ApproximateReceiveCount"] ?? 0);
    if (times < HOPELESS) continue;
    const { EventSourceArn: arn = "" } = mapping;
    doubt(context.world, `${mapping.UUID} ${message.messageId}`, async () => {
      if (!isOn(context, mapping)) return undefined;
      const held = await context.ports.queues.held(arn, message.receiptHandle);
      const attributes = held === undefined ? undefined : await context.ports.queues.attributes(arn);
      if (held === undefined || attributes?.["RedrivePolicy"] !== undefined) return undefined;
      const again = `It comes back at ${new Date(held.visibleAt).toISOString()}: the queue has no redrive policy, which would move it to a dead-letter queue.`;
      return outcome.functionError === undefined
        ? `Not settled: a consumer that never acknowledges. ${mapping.functionName} was given ${message.messageId} of ${arn} ${times} times and left it there each time. ${again}`
        : `Not settled: a poison message. ${mapping.functionName} failed ${times} times with ${message.messageId} of ${arn}, at last with ${errorOf(outcome)}. ${again}`;
    });
  }
}

type Records = { readonly shard: string; readonly key: string; readonly ids: readonly string[] };

/** After a batch of a stream failed that will be tried again until its records are too old. */
export function watchRecords(
  context: LambdaContext,
  mapping: MappingRow,
  { shard, key, ids }: Records,
  outcome: Outcome,
): void {
  doubt(context.world, key, async () => {
    const times = context.store.cursors.get(key)?.attempts ?? 0;
    if (times < HOPELESS || !isOn(context, mapping)) return undefined;
    const [first = ""] = ids;
    const which = ids.length === 1 ? `record ${first}` : `${ids.length} records from ${first} on`;
    const why =
      outcome.functionError === undefined ? "reporting them as failed each time" : `at last with ${errorOf(outcome)}`;
    return `Not settled: a poison record. ${mapping.functionName} failed ${times} times with ${which} of ${mapping.EventSourceArn ?? ""} (${shard}), ${why}. The shard waits behind it for a day: MaximumRetryAttempts or MaximumRecordAgeInSeconds would give it up.`;
  });
}

function isOn(context: LambdaContext, { UUID }: MappingRow): boolean {
  return context.store.mappings.get(UUID)?.enabled === true;
}

function errorOf({ functionError, payload }: Outcome): string {
  return `${functionError ?? ""}: ${Buffer.from(payload).toString("utf8").slice(0, 300)}`;
}
