// SNS: topics, subscriptions and what is published to them.

import { defineService } from "../../cloud/service.ts";
import { access } from "./access.ts";
import { operations } from "./contents/operations.ts";
import { accessDenied } from "./errors.ts";
import { deliver } from "./port.ts";
import { tables } from "./store.ts";
import { confirm } from "./workers/confirm.ts";
import { deliverInOrder } from "./workers/deliver-in-order.ts";
import { deliverMessage } from "./workers/deliver-message.ts";

export const service = defineService<typeof tables>({
  name: "sns",
  tables,
  operations,
  access,
  accessDenied,
  workers: { confirm, deliver: deliverMessage, deliverInOrder },
  resources: [],
  accepts: { arnService: "sns", deliver },
});
