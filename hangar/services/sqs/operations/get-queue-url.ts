// Finds a queue by name. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueUrl.html

import type { GetQueueUrlInput, GetQueueUrlOutput } from "../../../models/sqs.d.ts";
import { queueDoesNotExist } from "../errors.ts";
import { queueUrl } from "../rules/queue-url.ts";
import { operation } from "../store.ts";

export const getQueueUrl = operation<GetQueueUrlInput, GetQueueUrlOutput>(
  ({ QueueName, QueueOwnerAWSAccountId }, context) => {
    const account = QueueOwnerAWSAccountId ?? context.account;
    if (!context.storeAt(account, context.region).queues.has(QueueName)) throw queueDoesNotExist();
    return { QueueUrl: queueUrl(context.request.origin, account, QueueName) };
  },
);
