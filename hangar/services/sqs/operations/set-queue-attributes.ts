// Changes a queue's attributes. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html

import type { SetQueueAttributesInput, SetQueueAttributesOutput } from "../../../models/sqs.d.ts";
import { invalidAttributeValue, invalidParameterValue, missingParameter, unknownAttribute } from "../errors.ts";
import { changedAttributes, checkAttributes } from "../rules/queue-attributes.ts";
import { parseRedrivePolicy, redriveAllowed } from "../rules/redrive-policy.ts";
import { operation, queueAt, queueOfArn, type Queue, type RedrivePolicy, type SqsContext } from "../store.ts";

export const setQueueAttributes = operation<SetQueueAttributesInput, SetQueueAttributesOutput>((input, context) => {
  const { queue, store } = queueAt(context, input.QueueUrl);
  const given = input.Attributes;
  if (Object.keys(given).length === 0) throw missingParameter("Attribute.Name");
  const asked = given["FifoQueue"];
  if (asked !== undefined) {
    if (!queue.fifo) throw unknownAttribute("FifoQueue");
    if (asked !== "true")
      throw invalidAttributeValue(
        "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.",
      );
  }
  checkAttributes(given, queue.fifo);
  const attributes = changedAttributes(queue.attributes, given);
  if (attributes["FifoThroughputLimit"] === "perMessageGroupId" && attributes["DeduplicationScope"] === "queue") {
    throw invalidAttributeValue(
      "The perMessageGroupId value for the FifoThroughputLimit attribute is allowed only when the value for DeduplicationScope is messageGroup.",
    );
  }
  const next: Queue = { ...queue, attributes, modified: context.clock.now() };
  store.queues.put(queue.name, {
    ...next,
    redrive: given["RedrivePolicy"] === undefined ? queue.redrive : redriveTo(context, next),
  });
  return {};
});

/** The queue's redrive policy, when its dead-letter queue will have it. */
export function redriveTo(context: SqsContext, queue: Queue): RedrivePolicy | undefined {
  const text = queue.attributes["RedrivePolicy"];
  if (text === undefined) return undefined;
  const policy = parseRedrivePolicy(text);
  const refuse = (reason: string): never => {
    throw invalidParameterValue(`Value ${text} for parameter RedrivePolicy is invalid. Reason: ${reason}`);
  };
  const target = queueOfArn(context, policy.deadLetterTargetArn)?.queue;
  if (target === undefined) return refuse("Dead letter target does not exist.");
  if (target.fifo !== queue.fifo) return refuse("Dead-letter queue must be same type of queue as the source.");
  if (!redriveAllowed(target.attributes["RedriveAllowPolicy"], queue.arn))
    return refuse("Dead letter target does not allow this queue as a source.");
  return policy;
}
