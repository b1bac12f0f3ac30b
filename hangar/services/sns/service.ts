// SNS: topics, subscriptions and what is published to them.

import { defineService } from "../../cloud/service.ts";
import { access } from "./access.ts";
import { operations } from "./contents/operations.ts";
import { accessDenied } from "./errors.ts";
import { developerDoor } from "./http/developer-door.ts";
import { linkDoor } from "./http/link-door.ts";
import { deliver } from "./port.ts";
import { subscription } from "./resources/subscription.ts";
import { topicInlinePolicy } from "./resources/topic-inline-policy.ts";
import { topicPolicy } from "./resources/topic-policy.ts";
import { topic } from "./resources/topic.ts";
import { tables } from "./store.ts";
import { confirm } from "./workers/confirm.ts";
import { deliverInOrder } from "./workers/deliver-in-order.ts";
import { deliverMessage } from "./workers/deliver-message.ts";
import { forgetUnconfirmed } from "./workers/forget-unconfirmed.ts";

export const service = defineService<typeof tables>({
  name: "sns",
  tables,
  operations,
  access,
  accessDenied,
  workers: { confirm, deliver: deliverMessage, deliverInOrder, forgetUnconfirmed },
  resources: [subscription, topic, topicInlinePolicy, topicPolicy],
  http: [linkDoor],
  developerPaths: [developerDoor],
  accepts: { arnService: "sns", deliver },
});
