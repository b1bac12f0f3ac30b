// Polls a mapping's source until nothing is left, woken by the source: one poller a queue, one for each lane of a stream.

import { AwsError } from "../../../kernel/aws-error.ts";
import { sourceKind } from "../rules/mapping.ts";
import { versionAt } from "../rules/find.ts";
import { mayReadStream, noAccess } from "../rules/check-source.ts";
import { pollerOf } from "../rules/polling.ts";
import type { LambdaContext } from "../store.ts";
import { Arrivals } from "./arrivals.ts";
import { drainQueue } from "./drain-queue.ts";
import { drainStream } from "./drain-stream.ts";
import { noteResult } from "./note-result.ts";

const POLLERS = "lambda.pollers";

export type PollData = { readonly uuid: string };

export async function pollSource({ uuid }: PollData, context: LambdaContext): Promise<void> {
  const mapping = context.store.mappings.get(uuid);
  if (mapping === undefined) return;
  if (sourceKind(mapping.EventSourceArn) === "stream") return pollOnce(context, uuid);
  const pollers = pollersOf(context);
  const running = pollers.get(uuid);
  if (running !== undefined) return running.tell();
  const arrivals = new Arrivals();
  pollers.set(uuid, arrivals);
  try {
    do {
      arrivals.look();
      await pollOnce(context, uuid, arrivals);
    } while (arrivals.any && !context.world.disposed);
  } finally {
    pollers.delete(uuid);
  }
}

async function pollOnce(context: LambdaContext, uuid: string, arrivals = new Arrivals()): Promise<void> {
  const mapping = context.store.mappings.get(uuid);
  if (mapping === undefined || !mapping.enabled) return;
  const version = versionAt(context.store, mapping.functionName, mapping.qualifier)?.version;
  if (version === undefined) return;
  const arn = mapping.EventSourceArn ?? "";
  try {
    const poller = pollerOf(context, version.role);
    if (sourceKind(arn) === "queue") await drainQueue(context, mapping, poller, arrivals);
    else if (mayReadStream(context, version, arn)) await drainStream(context, mapping, poller);
    else noteResult(context, uuid, `PROBLEM: ${noAccess(arn)}`);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    noteResult(context, uuid, `PROBLEM: ${error.message}`);
  }
}

function pollersOf(context: LambdaContext): Map<string, Arrivals> {
  let pollers = context.world.attachments.get(POLLERS) as Map<string, Arrivals> | undefined;
  if (pollers === undefined) {
    pollers = new Map();
    context.world.attachments.set(POLLERS, pollers);
  }
  return pollers;
}
