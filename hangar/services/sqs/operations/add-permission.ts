// Lets other accounts use a queue. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html

import type { AddPermissionInput, AddPermissionOutput } from "../../../models/sqs.d.ts";
import { changedAttributes } from "../rules/queue-attributes.ts";
import { withPermission } from "../rules/queue-permissions.ts";
import { operation, queueAt } from "../store.ts";

export const addPermission = operation<AddPermissionInput, AddPermissionOutput>((input, context) => {
  const { queue, store } = queueAt(context, input.QueueUrl);
  const Policy = withPermission(queue.attributes["Policy"], {
    label: input.Label,
    accounts: input.AWSAccountIds,
    actions: input.Actions,
    queueArn: queue.arn,
  });
  store.queues.put(queue.name, { ...queue, attributes: changedAttributes(queue.attributes, { Policy }) });
  return {};
});
