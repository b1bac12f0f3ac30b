// Deliveries to a topic: from buckets, rules, alarms and functions, each a Publish that the topic's policy must allow.

import { parseArn } from "../../kernel/arn.ts";
import type { DeliveryOptions } from "../../ports/targets.ts";
import { publish } from "./operations/message/publish.ts";
import type { SnsContext } from "./store.ts";

export async function deliver(
  arn: string,
  event: string,
  options: DeliveryOptions,
  context: SnsContext,
): Promise<void> {
  const { account = context.account, region = context.region } = parseArn(arn) ?? {};
  const { as, roleArn } = options;
  const caller =
    roleArn === undefined ? as : context.ports.access.roleCaller(roleArn, as.service, "delivery", as.sourceArn);
  const input = {
    TopicArn: arn,
    Message: event,
    ...(options.subject === undefined ? {} : { Subject: options.subject }),
    ...(options.groupId === undefined ? {} : { MessageGroupId: options.groupId }),
    ...(options.deduplicationId === undefined ? {} : { MessageDeduplicationId: options.deduplicationId }),
    ...(options.messageAttributes === undefined ? {} : { MessageAttributes: options.messageAttributes }),
  };
  await context.call(publish as never, input, { as: caller, account, region });
}
