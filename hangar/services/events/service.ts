// EventBridge: buses, rules and schedules, and what they send.

import { defineService } from "../../cloud/service.ts";
import { access } from "./access.ts";
import { operations } from "./contents/operations.ts";
import { deliver } from "./port.ts";
import { tables } from "./store.ts";
import { authorize } from "./workers/authorize-connection.ts";
import { deliverEvent } from "./workers/deliver-event.ts";
import { fireSchedule } from "./workers/fire-schedule.ts";
import { replayEvents } from "./workers/replay-events.ts";
import { apiDestination } from "./resources/api-destination.ts";
import { archive } from "./resources/archive.ts";
import { connection } from "./resources/connection.ts";
import { eventBus } from "./resources/event-bus.ts";
import { eventBusPolicy } from "./resources/event-bus-policy.ts";
import { rule } from "./resources/rule.ts";

export const service = defineService<typeof tables>({
  name: "events",
  tables,
  operations,
  access,
  workers: { deliver: deliverEvent, fire: fireSchedule, replay: replayEvents, authorize },
  resources: [apiDestination, archive, connection, eventBus, eventBusPolicy, rule],
  accepts: { arnService: "events", deliver },
});
