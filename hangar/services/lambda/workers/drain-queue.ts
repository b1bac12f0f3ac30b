// Receives from a queue in batches, invokes the function with each, and deletes what it dealt with.
// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html

import type { Principal } from "../../../cloud/operation.ts";
import { traceHeaderOf } from "../../../cloud/trace-header.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import type { QueueMessage } from "../../../ports/queues.ts";
import type { Outcome } from "../engine/deployment.ts";
import { runFunction } from "../engine/run-function.ts";
import { failedItems } from "../rules/batch-response.ts";
import { chooseVersion } from "../rules/choose-version.ts";
import { filterableMessage, queueRecord } from "../rules/queue-event.ts";
import { passes } from "../rules/filter-pattern.ts";
import { findFunction } from "../rules/find.ts";
import { functionArn } from "../rules/function-name.ts";
import { lineageOf, loopsOf } from "../rules/lineage.ts";
import { patternsOf } from "../rules/mapping.ts";
import { POLL } from "../rules/polling.ts";
import type { LambdaContext, MappingRow } from "../store.ts";
import type { Arrivals } from "./arrivals.ts";
import { forgetMessages, watchMessages } from "./hopeless.ts";

/** Lambda starts with five pollers a queue. Of a FIFO queue's groups, each waits for its own messages that are not done. */
const CONCURRENT = 5;

export async function drainQueue(
  context: LambdaContext,
  mapping: MappingRow,
  poller: Principal,
  arrivals: Arrivals,
): Promise<void> {
  const limit = mapping.ScalingConfig?.MaximumConcurrency ?? CONCURRENT;
  const running = new Set<Promise<void>>();
  for (;;) {
    arrivals.look();
    const messages = gather(context, mapping, await receive(context, mapping, poller));
    if (messages.length === 0) {
      if (running.size === 0) return;
      // What comes meanwhile does not wait for what is running.
      await Promise.race([...running, arrivals.next()]);
      continue;
    }
    const work: Promise<void> = handleBatch(context, mapping, messages, poller).finally(() => running.delete(work));
    running.add(work);
    if (running.size >= limit) await Promise.race(running);
    if (context.world.disposed || context.store.mappings.get(mapping.UUID)?.enabled !== true) break;
  }
  await Promise.all(running);
}

/** A batch that is full or whose window is over; nothing while one is being gathered. */
function gather(
  context: LambdaContext,
  mapping: MappingRow,
  received: readonly QueueMessage[],
): readonly QueueMessage[] {
  const seconds = mapping.MaximumBatchingWindowInSeconds ?? 0;
  if (seconds === 0) return received;
  const waiting = context.store.gathered.get(mapping.UUID);
  const messages = [...(waiting?.messages ?? []), ...received];
  const now = context.clock.now();
  if (messages.length === 0) return [];
  if (messages.length >= (mapping.BatchSize ?? 10) || (waiting !== undefined && waiting.due <= now)) {
    context.store.gathered.delete(mapping.UUID);
    return messages;
  }
  const due = waiting?.due ?? now + seconds * 1000;
  context.store.gathered.put(mapping.UUID, { messages, due });
  if (waiting === undefined) context.scheduler.at(due, POLL, { uuid: mapping.UUID });
  return [];
}

async function receive(context: LambdaContext, mapping: MappingRow, poller: Principal): Promise<QueueMessage[]> {
  const wanted = (mapping.BatchSize ?? 10) - (context.store.gathered.get(mapping.UUID)?.messages.length ?? 0);
  const messages: QueueMessage[] = [];
  while (messages.length < wanted) {
    const some = await context.ports.queues.receive(
      mapping.EventSourceArn ?? "",
      Math.min(10, wanted - messages.length),
      poller,
    );
    if (some.length === 0) break;
    messages.push(...some);
  }
  return messages;
}

async function handleBatch(
  context: LambdaContext,
  mapping: MappingRow,
  messages: readonly QueueMessage[],
  poller: Principal,
): Promise<void> {
  const patterns = patternsOf(mapping);
  const wanted = messages.filter((message) => passes(patterns, filterableMessage(message, mapping, context.region)));
  const unwanted = messages.filter((message) => !wanted.includes(message));
  await remove(context, mapping, unwanted, poller);
  if (wanted.length === 0) return;
  const outcome = await invokeWith(
    context,
    mapping,
    { Records: wanted.map((message) => queueRecord(message, mapping, context.region)) },
    wanted.map((message) => message.messageId),
  );
  if (context.world.disposed) return;
  const done =
    outcome === undefined || outcome.functionError !== undefined ? [] : succeeded(mapping, wanted, outcome.payload);
  await remove(context, mapping, done, poller);
  forgetMessages(context, mapping, done);
  if (done.length === wanted.length) return;
  pollAgain(context, mapping, await visibility(context, mapping));
  const left = wanted.filter((message) => !done.includes(message));
  if (outcome !== undefined) watchMessages(context, mapping, left, outcome);
}

function succeeded(
  mapping: MappingRow,
  messages: readonly QueueMessage[],
  payload: Uint8Array,
): readonly QueueMessage[] {
  if (mapping.FunctionResponseTypes?.includes("ReportBatchItemFailures") !== true) return messages;
  const failed = failedItems(payload, new Set(messages.map((message) => message.messageId)));
  return failed === "all" ? [] : messages.filter((message) => !failed.includes(message.messageId));
}

/** `ids` are those of the messages or records. Undefined when Lambda itself refused (throttled): the messages come back by themselves. */
export async function invokeWith(
  context: LambdaContext,
  mapping: MappingRow,
  event: object,
  ids: readonly string[],
): Promise<(Outcome & { readonly requestId: string; readonly version: string }) | undefined> {
  const requestId = context.ids.uuid();
  try {
    const found = findFunction(context, mapping.functionName, mapping.qualifier);
    const version = chooseVersion(found, context.ids);
    const outcome = await runFunction(context, {
      place: found.place,
      row: found.row,
      version,
      invokedArn: found.arn,
      payload: Buffer.from(JSON.stringify(event)),
      requestId,
      cause: context.world.trace.recall(ids[0] ?? ""),
      lineage: shortestLineage(context, mapping, ids),
      batch: { source: mapping.EventSourceArn ?? "", ids },
    });
    return { ...outcome, requestId, version: version.version };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return undefined;
  }
}

/**
 * Lambda follows queues, no streams. Of a batch's messages the one counts that has come round least often: those that
 * only shared batches with others of a chain must not be stopped with it.
 */
function shortestLineage(context: LambdaContext, mapping: MappingRow, ids: readonly string[]): string | undefined {
  if (mapping.EventSourceArn?.includes(":sqs:") !== true) return undefined;
  const arn = functionArn(context, mapping.functionName);
  const lineages = ids.map((id) => {
    const span = context.world.trace.recall(id);
    return span === undefined ? undefined : lineageOf(traceHeaderOf({ ...context, span }));
  });
  return lineages.reduce((least, each) => (loopsOf(each, arn) < loopsOf(least, arn) ? each : least), lineages[0]);
}

async function remove(
  context: LambdaContext,
  mapping: MappingRow,
  messages: readonly QueueMessage[],
  poller: Principal,
): Promise<void> {
  for (let start = 0; start < messages.length; start += 10) {
    await context.ports.queues.delete(
      mapping.EventSourceArn ?? "",
      messages.slice(start, start + 10).map((message) => message.receiptHandle),
      poller,
    );
  }
}

async function visibility(context: LambdaContext, mapping: MappingRow): Promise<number> {
  const attributes = await context.ports.queues.attributes(mapping.EventSourceArn ?? "");
  return Number(attributes?.["VisibilityTimeout"] ?? 30);
}

/** Failed messages come back when their visibility timeout ends. */
function pollAgain(context: LambdaContext, mapping: MappingRow, seconds: number): void {
  context.scheduler.at(context.clock.now() + seconds * 1000 + 1, POLL, { uuid: mapping.UUID });
}
