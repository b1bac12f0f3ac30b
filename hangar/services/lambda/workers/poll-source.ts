// Polls a mapping's source until nothing is left: one poller a mapping, woken by the source.

import { AwsError } from "../../../kernel/aws-error.ts";
import { sourceKind } from "../rules/mapping.ts";
import { versionAt } from "../rules/find.ts";
import { pollerOf } from "../rules/polling.ts";
import type { LambdaContext, MappingRow } from "../store.ts";
import { drainQueue } from "./drain-queue.ts";
import { drainStream } from "./drain-stream.ts";

const POLLERS = "lambda.pollers";

/** `flush`: the batching window is over. */
export type PollData = { readonly uuid: string; readonly flush?: boolean };

export async function pollSource(data: PollData, context: LambdaContext): Promise<void> {
  const pollers = pollersOf(context);
  const running = pollers.get(data.uuid);
  if (running !== undefined) {
    running.again = true;
    running.flush ||= data.flush === true;
    return;
  }
  const state = { again: false, flush: data.flush === true };
  pollers.set(data.uuid, state);
  try {
    do {
      state.again = false;
      const flush = state.flush;
      state.flush = false;
      await pollOnce(context, data.uuid, flush);
    } while (state.again && !context.world.disposed);
  } finally {
    pollers.delete(data.uuid);
  }
}

async function pollOnce(context: LambdaContext, uuid: string, flush: boolean): Promise<void> {
  const mapping = context.store.mappings.get(uuid);
  if (mapping === undefined || !mapping.enabled) return;
  const target = versionAt(context.store, mapping.functionName, mapping.qualifier);
  if (target === undefined) return;
  try {
    const poller = pollerOf(context, target.version.role);
    const kind = sourceKind(mapping.EventSourceArn);
    if (kind === "queue") await drainQueue(context, mapping, poller);
    else await drainStream(context, mapping, poller, flush);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    note(context, mapping, `PROBLEM: ${error.message}`);
  }
}

/** What a source or role in trouble leaves on the mapping, as AWS does. */
function note(context: LambdaContext, mapping: MappingRow, result: string): void {
  const present = context.store.mappings.get(mapping.UUID);
  if (present !== undefined) context.store.mappings.put(mapping.UUID, { ...present, LastProcessingResult: result });
}

function pollersOf(context: LambdaContext): Map<string, { again: boolean; flush: boolean }> {
  let pollers = context.world.attachments.get(POLLERS) as Map<string, { again: boolean; flush: boolean }> | undefined;
  if (pollers === undefined) {
    pollers = new Map();
    context.world.attachments.set(POLLERS, pollers);
  }
  return pollers;
}
