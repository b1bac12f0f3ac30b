// Moves a dead-letter queue's messages back, or elsewhere. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html

import type { StartMessageMoveTaskInput, StartMessageMoveTaskOutput } from "../../../models/sqs.d.ts";
import { invalidParameterValue, resourceNotFound } from "../errors.ts";
import { operation, queueKey, queueOfArn, type MoveTask } from "../store.ts";
import { moveTaskKey, type MoveMessages } from "../workers/move-messages.ts";

const MOST_PER_SECOND = 500;

export const startMessageMoveTask = operation<StartMessageMoveTaskInput, StartMessageMoveTaskOutput>(
  (input, context) => {
    const { clock, ids, scheduler } = context;
    const { SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond: perSecond } = input;
    const source = queueOfArn(context, SourceArn);
    if (source === undefined)
      throw resourceNotFound("The resource that you specified for the SourceArn parameter doesn't exist.");
    const { queue, store } = source;
    if (![...store.queues.rows()].some((each) => each.redrive?.deadLetterTargetArn === SourceArn))
      throw invalidParameterValue("Source queue must be configured as a Dead Letter Queue.");
    if (DestinationArn !== undefined && queueOfArn(context, DestinationArn) === undefined) {
      throw resourceNotFound("The resource that you specified for the DestinationArn parameter doesn't exist.");
    }
    if (perSecond !== undefined && (perSecond < 1 || perSecond > MOST_PER_SECOND)) {
      throw invalidParameterValue(
        `Value for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: Must be between 1 and ${MOST_PER_SECOND}, if provided.`,
      );
    }
    if ([...store.moveTasks.rows({ prefix: queueKey(queue, "") })].some((task) => task.status === "RUNNING")) {
      throw invalidParameterValue(
        "There is already a task running. Only one active task is allowed for a source queue arn at a given time.",
      );
    }
    const id = ids.uuid();
    const handle = Buffer.from(JSON.stringify({ taskId: id, sourceArn: SourceArn })).toString("base64");
    const toMove = [...store.messages.keys({ prefix: queueKey(queue, "") })].length;
    const task: MoveTask = {
      id,
      handle,
      sourceArn: SourceArn,
      destinationArn: DestinationArn,
      perSecond,
      started: clock.now(),
      status: "RUNNING",
      moved: 0,
      toMove,
    };
    const key = moveTaskKey(queue.name, task.started, id);
    store.moveTasks.put(key, task);
    scheduler.later("sqs.moveMessages", { source: queue.name, task: key } satisfies MoveMessages);
    return { TaskHandle: handle };
  },
);
