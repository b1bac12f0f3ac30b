// Moves messages between queues: to a dead-letter queue, and from one back by a message move task.

import { nextArrival } from "../operations/send-message.ts";
import { place, remove } from "../rules/message-order.ts";
import { sequenceNumber } from "../rules/new-message.ts";
import { compositeKey } from "../../../kernel/table.ts";
import { queueKey, queueOfArn, topicOf, type Message, type MoveTask, type Place, type SqsContext } from "../store.ts";

/** False when the dead-letter queue is gone: the message then stays, as AWS leaves it. */
export function deadLetter(context: SqsContext, at: Place, message: Message): boolean {
  const target = queueOfArn(context, at.queue.redrive?.deadLetterTargetArn ?? "");
  if (target === undefined || target.queue.fifo !== at.queue.fifo) return false;
  move(
    context,
    { from: at, to: target },
    { ...message, deadLetterSource: message.deadLetterSource ?? at.queue.arn },
    message.receiveCount,
  );
  return true;
}

function move(
  { clock, scheduler }: SqsContext,
  { from, to }: { readonly from: Place; readonly to: Place },
  message: Message,
  receiveCount: number,
): void {
  remove(from, message);
  const arrival = nextArrival(to);
  const now = clock.now();
  const sequence = to.queue.fifo ? sequenceNumber(arrival) : undefined;
  place(to, {
    ...message,
    arrival,
    visibleAt: now,
    receiveCount,
    firstReceived: receiveCount === 0 ? undefined : message.firstReceived,
    sequenceNumber: sequence,
  });
  scheduler.wake(topicOf(to.queue));
}

export type MoveMessages = { readonly source: string; readonly task: string };

const SECOND = 1000;

/** One second's worth of a task; without a limit, all of it. */
export function moveMessages({ source, task: key }: MoveMessages, context: SqsContext): void {
  const { store, clock, scheduler } = context;
  const task = store.moveTasks.get(key);
  const queue = store.queues.get(source);
  if (task === undefined || queue === undefined || task.status !== "RUNNING") return;
  const from: Place = { queue, store };
  const batch = [...store.messages.rows({ prefix: queueKey(queue, "") })]
    .filter((message) => message.visibleAt <= clock.now())
    .slice(0, task.perSecond);
  const failure = moveBatch(context, task, from, batch);
  const moved = task.moved + failure.moved;
  if (failure.reason !== undefined) {
    store.moveTasks.put(key, { ...task, moved, status: "FAILED", failure: failure.reason });
    return;
  }
  const done = task.perSecond === undefined || batch.length < task.perSecond || moved >= task.toMove;
  store.moveTasks.put(key, { ...task, moved, status: done ? "COMPLETED" : "RUNNING" });
  if (!done) scheduler.at(clock.now() + SECOND, "sqs.moveMessages", { source, task: key } satisfies MoveMessages);
}

function moveBatch(
  context: SqsContext,
  task: MoveTask,
  from: Place,
  batch: readonly Message[],
): { readonly moved: number; readonly reason?: string } {
  let moved = 0;
  for (const message of batch) {
    const to = queueOfArn(context, task.destinationArn ?? message.deadLetterSource ?? "");
    if (to === undefined) return { moved, reason: "AWS.SimpleQueueService.NonExistentQueue" };
    // A message that comes back starts over: neither count nor origin go with it.
    move(context, { from, to }, { ...message, deadLetterSource: undefined, sent: context.clock.now() }, 0);
    moved += 1;
  }
  return { moved };
}

export function moveTaskKey(source: string, started: number, id: string): string {
  return compositeKey(source, started.toString().padStart(15, "0"), id);
}
