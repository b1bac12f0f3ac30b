// EventBridge: buses, rules and schedules, and what they send.

import { defineService } from "../../cloud/service.ts";
import { access } from "./access.ts";
import { deliver } from "./port.ts";
import { tables } from "./store.ts";
import { deliverEvent } from "./workers/deliver-event.ts";
import { fireSchedule } from "./workers/fire-schedule.ts";
import { replayEvents } from "./workers/replay-events.ts";
import { cancelReplay } from "./operations/cancel-replay.ts";
import { createArchive } from "./operations/create-archive.ts";
import { deleteArchive } from "./operations/delete-archive.ts";
import { describeArchive } from "./operations/describe-archive.ts";
import { describeReplay } from "./operations/describe-replay.ts";
import { listArchives } from "./operations/list-archives.ts";
import { listReplays } from "./operations/list-replays.ts";
import { startReplay } from "./operations/start-replay.ts";
import { updateArchive } from "./operations/update-archive.ts";
import { createEventBus } from "./operations/create-event-bus.ts";
import { deleteEventBus } from "./operations/delete-event-bus.ts";
import { deleteRule } from "./operations/delete-rule.ts";
import { describeEventBus } from "./operations/describe-event-bus.ts";
import { describeRule } from "./operations/describe-rule.ts";
import { disableRule } from "./operations/disable-rule.ts";
import { enableRule } from "./operations/enable-rule.ts";
import { listEventBuses } from "./operations/list-event-buses.ts";
import { listRuleNamesByTarget } from "./operations/list-rule-names-by-target.ts";
import { listRules } from "./operations/list-rules.ts";
import { listTagsForResource } from "./operations/list-tags-for-resource.ts";
import { listTargetsByRule } from "./operations/list-targets-by-rule.ts";
import { putEvents } from "./operations/put-events.ts";
import { putPermission } from "./operations/put-permission.ts";
import { putRule } from "./operations/put-rule.ts";
import { putTargets } from "./operations/put-targets.ts";
import { removePermission } from "./operations/remove-permission.ts";
import { removeTargets } from "./operations/remove-targets.ts";
import { tagResource } from "./operations/tag-resource.ts";
import { testEventPattern } from "./operations/test-event-pattern.ts";
import { untagResource } from "./operations/untag-resource.ts";
import { updateEventBus } from "./operations/update-event-bus.ts";
import { archive } from "./resources/archive.ts";
import { eventBus } from "./resources/event-bus.ts";
import { eventBusPolicy } from "./resources/event-bus-policy.ts";
import { rule } from "./resources/rule.ts";

export const service = defineService<typeof tables>({
  name: "events",
  tables,
  operations: {
    CancelReplay: cancelReplay,
    CreateArchive: createArchive,
    DeleteArchive: deleteArchive,
    DescribeArchive: describeArchive,
    DescribeReplay: describeReplay,
    ListArchives: listArchives,
    ListReplays: listReplays,
    StartReplay: startReplay,
    UpdateArchive: updateArchive,
    CreateEventBus: createEventBus,
    DeleteEventBus: deleteEventBus,
    DeleteRule: deleteRule,
    DescribeEventBus: describeEventBus,
    DescribeRule: describeRule,
    DisableRule: disableRule,
    EnableRule: enableRule,
    ListEventBuses: listEventBuses,
    ListRuleNamesByTarget: listRuleNamesByTarget,
    ListRules: listRules,
    ListTagsForResource: listTagsForResource,
    ListTargetsByRule: listTargetsByRule,
    PutEvents: putEvents,
    PutPermission: putPermission,
    PutRule: putRule,
    PutTargets: putTargets,
    RemovePermission: removePermission,
    RemoveTargets: removeTargets,
    TagResource: tagResource,
    TestEventPattern: testEventPattern,
    UntagResource: untagResource,
    UpdateEventBus: updateEventBus,
  },
  access,
  workers: { deliver: deliverEvent, fire: fireSchedule, replay: replayEvents },
  resources: [archive, eventBus, eventBusPolicy, rule],
  accepts: { arnService: "events", deliver },
});
