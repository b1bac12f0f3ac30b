// What SQS gives the house: queues to those who consume and feed them, and deliveries by ARN.

import type { Caller } from "../../cloud/operation.ts";
import { parseArn } from "../../kernel/arn.ts";
import type { QueueMessage, QueuesPort } from "../../ports/queues.ts";
import type { DeliveryOptions } from "../../ports/targets.ts";
import { queueDoesNotExist } from "./errors.ts";
import { changeVisibility } from "./operations/change-message-visibility.ts";
import { deleteReceived } from "./operations/delete-message.ts";
import { attributesOf } from "./operations/get-queue-attributes.ts";
import { receive, type Received } from "./operations/receive-message.ts";
import { sendMessage } from "./operations/send-message.ts";
import { md5OfAttributes } from "./rules/message-attributes.ts";
import { receivedMessage } from "./rules/message-order.ts";
import { queueUrl } from "./rules/queue-url.ts";
import { parseReceiptHandle } from "./rules/receipt-handle.ts";
import { systemAttributes } from "./rules/system-attributes.ts";
import { queueOfArn, type Place, type SqsContext } from "./store.ts";

/** Consumers act for a role that was checked when they were set up; pulling is not checked again, message by message. */
export function queuesPort(context: SqsContext): QueuesPort {
  const at = (arn: string): Place => {
    const found = queueOfArn(context, arn);
    if (found === undefined) throw queueDoesNotExist();
    return found;
  };
  return {
    receive: async (arn, max) => {
      const place = at(arn);
      const visibility = Number(place.queue.attributes["VisibilityTimeout"]) * 1000;
      return receive(context, place, { max: Math.min(max, 10), visibility }).map(messageOf);
    },
    delete: async (arn, handles) => {
      const place = at(arn);
      for (const handle of handles) deleteReceived(context, place, handle);
    },
    changeVisibility: async (arn, handle, seconds) => changeVisibility(context, at(arn), handle, seconds),
    send: async (arn, body, options) => {
      const { queue } = at(arn);
      const input = {
        QueueUrl: queueUrl(context.endpoint, queue.account, queue.name),
        MessageBody: body,
        ...(options.groupId === undefined ? {} : { MessageGroupId: options.groupId }),
        ...(options.deduplicationId === undefined ? {} : { MessageDeduplicationId: options.deduplicationId }),
        ...(options.attributes === undefined ? {} : { MessageAttributes: options.attributes }),
      };
      await sendMessage(input as never, context as never);
    },
    held: async (arn, handle) => {
      const found = queueOfArn(context, arn);
      if (found === undefined) return undefined;
      const { arrival, receiveCount } = parseReceiptHandle(handle, found.queue.name);
      const message = receivedMessage(found, arrival);
      const oldest = context.clock.now() - Number(found.queue.attributes["MessageRetentionPeriod"]) * 1000;
      if (message?.receiveCount !== receiveCount || message.sent < oldest) return undefined;
      return { visibleAt: message.visibleAt };
    },
    attributes: async (arn) => {
      const found = queueOfArn(context, arn);
      return found === undefined ? undefined : attributesOf(found);
    },
  };
}

function messageOf({ message, handle }: Received): QueueMessage {
  return {
    messageId: message.messageId,
    receiptHandle: handle,
    body: message.body,
    md5OfBody: message.md5,
    md5OfMessageAttributes: message.attributes === undefined ? undefined : md5OfAttributes(message.attributes),
    attributes: systemAttributes(message),
    messageAttributes: message.attributes ?? {},
  };
}

/** A delivery is a SendMessage by the service, or by the role it was given: the queue's policy must let it. */
export async function deliver(
  arn: string,
  event: string,
  options: DeliveryOptions,
  context: SqsContext,
): Promise<void> {
  const { account = context.account, region = context.region, resource = "" } = parseArn(arn) ?? {};
  const { as, roleArn } = options;
  const caller: Caller | typeof as =
    roleArn === undefined ? as : context.ports.access.roleCaller(roleArn, as.service, "delivery", as.sourceArn);
  const input = {
    QueueUrl: queueUrl(context.endpoint, account, resource),
    MessageBody: event,
    ...(options.groupId === undefined ? {} : { MessageGroupId: options.groupId }),
    ...(options.deduplicationId === undefined ? {} : { MessageDeduplicationId: options.deduplicationId }),
    ...(options.messageAttributes === undefined || Object.keys(options.messageAttributes).length === 0
      ? {}
      : { MessageAttributes: options.messageAttributes }),
  };
  await context.call(sendMessage as never, input, { as: caller, account, region });
}
