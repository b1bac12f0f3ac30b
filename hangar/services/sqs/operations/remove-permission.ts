// Takes back what AddPermission gave. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_RemovePermission.html

import type { RemovePermissionInput, RemovePermissionOutput } from "../../../models/sqs.d.ts";
import { changedAttributes } from "../rules/queue-attributes.ts";
import { withoutPermission } from "../rules/queue-permissions.ts";
import { operation, queueAt } from "../store.ts";

export const removePermission = operation<RemovePermissionInput, RemovePermissionOutput>((input, context) => {
  const { queue, store } = queueAt(context, input.QueueUrl);
  const Policy = withoutPermission(queue.attributes["Policy"], input.Label, queue.arn);
  store.queues.put(queue.name, { ...queue, attributes: changedAttributes(queue.attributes, { Policy }) });
  return {};
});
