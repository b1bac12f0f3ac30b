// Event buses, rules and targets, as they were recorded from AWS (see ../NOTICE).

import * as sdk from "@aws-sdk/client-eventbridge";
import { recorder } from "../recorded.ts";
import type { Session } from "../session.ts";
import { errorOf } from "../wire.ts";

const recorded = recorder(import.meta.url, {
  service: "events",
  sdk,
  // Whether a message was recorded twice is a matter of the day's model.
  errorOf: (wire) => errorOf(wire, () => []),
});

const Source = "core.update-account-command";
const Detail = '{"command": "update-account", "payload": {"acc_id": "0a787ecb-4015", "sf_id": "baz"}}';
const entry = { Source, DetailType: Source, Detail };
const EventPattern = JSON.stringify({
  source: [Source],
  "detail-type": [Source],
  detail: { command: ["update-account"] },
});
const Name = "recorded";
const Arn = "arn:aws:sqs:us-east-1:000000000000:recorded";

function puts(name: string, Entry: object) {
  return {
    async [`TestEvents::test_${name}`](s: Session): Promise<void> {
      await s.is("put-events", "PutEvents", { Entries: [Entry] });
    },
  };
}

async function newBus(s: Session, kind: string): Promise<string> {
  if (kind === "default") return "default";
  await s.do("CreateEventBus", { Name: "recorded-bus" });
  return "recorded-bus";
}

/** On a bus of its own and on the default one. */
function onBoth(name: string, drive: (s: Session, EventBusName: string) => Promise<void>) {
  const of = (kind: string) => async (s: Session) => drive(s, await newBus(s, kind));
  return { [`${name}[custom]`]: of("custom"), [`${name}[default]`]: of("default") };
}

function lives(description: boolean) {
  return {
    async [`TestEventBus::test_create_list_describe_delete_custom_event_buses[${description ? "True" : "False"}-regions0]`](
      s: Session,
    ): Promise<void> {
      const bus = { Name: "recorded-bus" };
      const more = description ? { Description: "test bus" } : {};
      await s.is("create-custom-event-bus-us-east-1", "CreateEventBus", { ...bus, ...more });
      await s.is("list-event-buses-after-create-us-east-1", "ListEventBuses", { NamePrefix: bus.Name });
      await s.is("describe-custom-event-bus-us-east-1", "DescribeEventBus", bus);
      await s.is("delete-custom-event-bus-us-east-1", "DeleteEventBus", bus);
      await s.is("list-event-buses-after-delete-us-east-1", "ListEventBuses", { NamePrefix: bus.Name });
    },
  };
}

recorded(import.meta.url, "events", {
  ...puts("put_events_without_source", { DetailType: Source, Detail }),
  ...puts("put_event_without_detail", { Source, DetailType: Source }),
  ...puts("put_event_without_detail_type", { Source, Detail }),
  ...puts("put_event_malformed_detail[STRING]", { ...entry, Detail: "Raw test" }),
  ...puts("put_event_malformed_detail[ARRAY]", { ...entry, Detail: '["test"]' }),
  ...puts("put_event_malformed_detail[MALFORMED_JSON]", { ...entry, Detail: '{"message": "test' }),
  ...puts("put_event_malformed_detail[SERIALIZED_STRING]", { ...entry, Detail: '"test"' }),
  async "TestEvents::test_put_event_with_too_big_detail"(s) {
    const large = { ...entry, Detail: JSON.stringify({ payload: "p".repeat(1_048_576) }) };
    await s.is("put-events-too-big-detail-error", "PutEvents", { Entries: [large] });
  },
  ...lives(true),
  ...lives(false),
  async "TestEventBus::test_create_multiple_event_buses_same_name"(s) {
    await s.do("CreateEventBus", { Name: "recorded-bus" });
    await s.is("create-multiple-event-buses-same-name", "CreateEventBus", { Name: "recorded-bus" });
  },
  async "TestEventBus::test_delete_default_event_bus"(s) {
    await s.is("delete-default-event-bus-error", "DeleteEventBus", { Name: "default" });
  },
  ...onBoth("TestEventRule::test_put_list_with_prefix_describe_delete_rule", async (s, EventBusName) => {
    await s.is("put-rule", "PutRule", { Name, EventBusName, EventPattern });
    await s.is("list-rules", "ListRules", { NamePrefix: "record", EventBusName });
    await s.is("describe-rule", "DescribeRule", { Name, EventBusName });
    await s.is("delete-rule", "DeleteRule", { Name, EventBusName });
    await s.is("list-rules-after-delete", "ListRules", { NamePrefix: "record", EventBusName });
  }),
  async "TestEventRule::test_put_multiple_rules_with_same_name"(s) {
    const EventBusName = await newBus(s, "custom");
    await s.is("put-rule", "PutRule", { Name, EventBusName, EventPattern });
    await s.is("re-put-rule", "PutRule", { Name, EventBusName, EventPattern });
    await s.is("list-rules", "ListRules", { EventBusName });
  },
  async "TestEventRule::test_describe_nonexistent_rule"(s) {
    await s.is("describe-not-existing-rule-error", "DescribeRule", { Name });
  },
  ...onBoth("TestEventRule::test_disable_re_enable_rule", async (s, EventBusName) => {
    const rule = { Name, EventBusName };
    await s.do("PutRule", { ...rule, EventPattern });
    await s.is("disable-rule", "DisableRule", rule);
    await s.is("describe-rule-disabled", "DescribeRule", rule);
    await s.is("enable-rule", "EnableRule", rule);
    await s.is("describe-rule-enabled", "DescribeRule", rule);
  }),
  async "TestEventRule::test_delete_rule_with_targets"(s) {
    await s.do("PutRule", { Name, EventPattern });
    await s.do("PutTargets", { Rule: Name, Targets: [{ Id: "target", Arn }] });
    await s.is("delete-rule-with-targets-error", "DeleteRule", { Name });
  },
  async "TestEventRule::test_update_rule_with_targets"(s) {
    await s.do("PutRule", { Name, EventPattern });
    await s.do("PutTargets", { Rule: Name, Targets: [{ Id: "target", Arn }] });
    await s.is("list-targets", "ListTargetsByRule", { Rule: Name });
    await s.is("update-rule", "PutRule", { Name, EventPattern });
    await s.is("list-targets-after-update", "ListTargetsByRule", { Rule: Name });
  },
  ...onBoth("TestEventTarget::test_put_list_remove_target", async (s, EventBusName) => {
    await s.do("PutRule", { Name, EventBusName, EventPattern });
    const rule = { Rule: Name, EventBusName };
    await s.is("put-target", "PutTargets", { ...rule, Targets: [{ Id: "target", Arn }] });
    await s.is("list-targets", "ListTargetsByRule", rule);
    await s.is("remove-target", "RemoveTargets", { ...rule, Ids: ["target"] });
    await s.is("list-targets-after-delete", "ListTargetsByRule", rule);
  }),
  async "TestEventTarget::test_add_exceed_fife_targets_per_rule"(s) {
    await s.do("PutRule", { Name, EventPattern });
    const Targets = Array.from({ length: 7 }, (_, at) => ({ Id: `target${at}`, Arn }));
    await s.is("put-targets-client-error", "PutTargets", { Rule: Name, Targets });
  },
  async "TestEventTarget::test_list_target_by_rule_limit"(s) {
    await s.do("PutRule", { Name, EventPattern });
    const Targets = Array.from({ length: 5 }, (_, at) => ({ Id: `target${at}`, Arn }));
    await s.do("PutTargets", { Rule: Name, Targets });
    const { NextToken } = await s.is("list-targets-limit", "ListTargetsByRule", { Rule: Name, Limit: 3 });
    await s.is("list-targets-limit-next-token", "ListTargetsByRule", { Rule: Name, NextToken });
  },
});
