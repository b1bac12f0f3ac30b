// Stops a message move task; what has moved stays moved. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CancelMessageMoveTask.html

import type { CancelMessageMoveTaskInput, CancelMessageMoveTaskOutput } from "../../../models/sqs.d.ts";
import { invalidParameterValue, resourceNotFound, unsupportedOperation } from "../errors.ts";
import { operation, queueKey, queueOfArn } from "../store.ts";

export const cancelMessageMoveTask = operation<CancelMessageMoveTaskInput, CancelMessageMoveTaskOutput>(
  ({ TaskHandle }, context) => {
    const { taskId, sourceArn } = parse(TaskHandle);
    const source = queueOfArn(context, sourceArn);
    if (source === undefined)
      throw resourceNotFound("The resource that you specified for the SourceArn parameter doesn't exist.");
    const { queue, store } = source;
    const found = [...store.moveTasks.range({ prefix: queueKey(queue, "") })].find(([, task]) => task.id === taskId);
    if (found === undefined) throw resourceNotFound("Task does not exist.");
    const [key, task] = found;
    if (task.status !== "RUNNING") throw unsupportedOperation("Only active tasks can be cancelled.");
    store.moveTasks.put(key, { ...task, status: "CANCELLED" });
    return { ApproximateNumberOfMessagesMoved: task.moved };
  },
);

function parse(handle: string): { readonly taskId: string; readonly sourceArn: string } {
  try {
    const { taskId, sourceArn } = JSON.parse(Buffer.from(handle, "base64").toString("utf8")) as Record<string, unknown>;
    if (typeof taskId === "string" && typeof sourceArn === "string") return { taskId, sourceArn };
  } catch {
    // Answered below.
  }
  throw invalidParameterValue("Value for parameter TaskHandle is invalid.");
}
