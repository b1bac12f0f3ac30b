// Lists the newest message move tasks of a queue. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListMessageMoveTasks.html

import type {
  ListMessageMoveTasksInput,
  ListMessageMoveTasksOutput,
  ListMessageMoveTasksResultEntry,
} from "../../../models/sqs.d.ts";
import { resourceNotFound } from "../errors.ts";
import { operation, queueKey, queueOfArn, type MoveTask } from "../store.ts";

export const listMessageMoveTasks = operation<ListMessageMoveTasksInput, ListMessageMoveTasksOutput>(
  (input, context) => {
    const source = queueOfArn(context, input.SourceArn);
    if (source === undefined)
      throw resourceNotFound("The resource that you specified for the SourceArn parameter doesn't exist.");
    const tasks = source.store.moveTasks.rows({ prefix: queueKey(source.queue, ""), reverse: true });
    return { Results: [...tasks].slice(0, input.MaxResults ?? 1).map(answer) };
  },
);

/** Only a running task has its handle. */
function answer(task: MoveTask): ListMessageMoveTasksResultEntry {
  return {
    ...(task.status === "RUNNING" ? { TaskHandle: task.handle } : {}),
    Status: task.status,
    SourceArn: task.sourceArn,
    ...(task.destinationArn === undefined ? {} : { DestinationArn: task.destinationArn }),
    ...(task.perSecond === undefined ? {} : { MaxNumberOfMessagesPerSecond: task.perSecond }),
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    ...(task.failure === undefined ? {} : { FailureReason: task.failure }),
    StartedTimestamp: task.started,
  };
}
