// A subscription as lists show it.

import type { Subscription as Summary } from "../../../models/sns.d.ts";
import type { Subscription } from "../store.ts";

export function summaryOf({ arn, owner, protocol, endpoint, topicArn, pending }: Subscription): Summary {
  return {
    SubscriptionArn: pending ? "PendingConfirmation" : arn,
    Owner: owner,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topicArn,
  };
}
