// Lists the queues that dead-letter to a queue. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListDeadLetterSourceQueues.html

import type { ListDeadLetterSourceQueuesInput, ListDeadLetterSourceQueuesOutput } from "../../../models/sqs.d.ts";
import { queueUrl } from "../rules/queue-url.ts";
import { operation, queueAt } from "../store.ts";

export const listDeadLetterSourceQueues = operation<ListDeadLetterSourceQueuesInput, ListDeadLetterSourceQueuesOutput>(
  (input, context) => {
    const { queue } = queueAt(context, input.QueueUrl);
    const { store, account, request } = context;
    const after = input.NextToken === undefined ? undefined : Buffer.from(input.NextToken, "base64").toString("utf8");
    const sources = [...store.queues.rows(after === undefined ? {} : { after })].filter(
      (each) => each.redrive?.deadLetterTargetArn === queue.arn,
    );
    const page = input.MaxResults === undefined ? sources : sources.slice(0, input.MaxResults);
    return {
      queueUrls: page.map((each) => queueUrl(request.origin, account, each.name)),
      ...(page.length < sources.length ? { NextToken: Buffer.from(page.at(-1)?.name ?? "").toString("base64") } : {}),
    };
  },
);
