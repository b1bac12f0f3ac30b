// Creates a queue, or finds the one that is as asked. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html

import { formatArn } from "../../../kernel/arn.ts";
import type { CreateQueueInput, CreateQueueOutput } from "../../../models/sqs.d.ts";
import { queueNameExists, unknownAttribute } from "../errors.ts";
import { checkAttributes, differingAttribute, initialAttributes } from "../rules/queue-attributes.ts";
import { checkQueueName, queueUrl } from "../rules/queue-url.ts";
import { operation, type Queue } from "../store.ts";
import { redriveTo } from "./set-queue-attributes.ts";

export const createQueue = operation<CreateQueueInput, CreateQueueOutput>((input, context) => {
  const { store, account, region, clock, request } = context;
  const name = input.QueueName;
  const given = input.Attributes ?? {};
  const fifo = given["FifoQueue"] === "true";
  if (given["FifoQueue"] !== undefined && !fifo) throw unknownAttribute("FifoQueue");
  checkQueueName(name, fifo);
  checkAttributes(given, fifo);
  const answer = { QueueUrl: queueUrl(request.origin, account, name) };
  const present = store.queues.get(name);
  if (present !== undefined) {
    const differs = differingAttribute(present.attributes, given);
    if (differs !== undefined) throw queueNameExists(differs);
    return answer;
  }
  const attributes = initialAttributes(given, fifo);
  const queue: Queue = {
    name,
    account,
    arn: formatArn({ service: "sqs", region, account, resource: name }),
    fifo,
    created: clock.now(),
    modified: clock.now(),
    attributes,
    tags: { ...input.tags },
  };
  store.queues.put(name, { ...queue, redrive: redriveTo(context, queue) });
  return answer;
});
