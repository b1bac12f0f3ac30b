// What each operation of EventBridge needs.

import type { AccessRule } from "../../cloud/service.ts";
import type { AccessNeed } from "../../ports/access.ts";
import { busAccount, busArn, busName, DEFAULT_BUS, type EventsContext, type tables } from "./store.ts";

type Rule = AccessRule<typeof tables>;
type Named = {
  readonly Name?: string;
  readonly Rule?: string;
  readonly EventBusName?: string;
  readonly ResourceARN?: string;
};

export const access: Readonly<Record<string, Rule>> = {
  CreateConnection: onNamed("CreateConnection", "connection"),
  UpdateConnection: onNamed("UpdateConnection", "connection"),
  DescribeConnection: onNamed("DescribeConnection", "connection"),
  DeleteConnection: onNamed("DeleteConnection", "connection"),
  DeauthorizeConnection: onNamed("DeauthorizeConnection", "connection"),
  CreateApiDestination: onNamed("CreateApiDestination", "api-destination"),
  UpdateApiDestination: onNamed("UpdateApiDestination", "api-destination"),
  DescribeApiDestination: onNamed("DescribeApiDestination", "api-destination"),
  DeleteApiDestination: onNamed("DeleteApiDestination", "api-destination"),
  ListApiDestinations: anywhere("ListApiDestinations"),
  ListConnections: anywhere("ListConnections"),
  CancelReplay: onNamed("CancelReplay", "replay"),
  CreateArchive: onNamed("CreateArchive", "archive"),
  DeleteArchive: onNamed("DeleteArchive", "archive"),
  DescribeArchive: onNamed("DescribeArchive", "archive"),
  DescribeReplay: onNamed("DescribeReplay", "replay"),
  ListArchives: anywhere("ListArchives"),
  ListReplays: anywhere("ListReplays"),
  StartReplay: onNamed("StartReplay", "replay"),
  UpdateArchive: onNamed("UpdateArchive", "archive"),
  CreateEventBus: onBus("CreateEventBus"),
  DeleteEventBus: onBus("DeleteEventBus"),
  DeleteRule: onRule("DeleteRule"),
  DescribeEventBus: onBus("DescribeEventBus"),
  DescribeRule: onRule("DescribeRule"),
  DisableRule: onRule("DisableRule"),
  EnableRule: onRule("EnableRule"),
  ListEventBuses: anywhere("ListEventBuses"),
  ListRuleNamesByTarget: anywhere("ListRuleNamesByTarget"),
  ListRules: anywhere("ListRules"),
  ListTagsForResource: onResource("ListTagsForResource"),
  ListTargetsByRule: onRule("ListTargetsByRule"),
  PutEvents: putEvents,
  PutPermission: (input: Named, context) => [need("PutPermission", arnOfBus(input.EventBusName, context))],
  PutRule: onRule("PutRule"),
  PutTargets: putTargets,
  RemovePermission: (input: Named, context) => [need("RemovePermission", arnOfBus(input.EventBusName, context))],
  RemoveTargets: onRule("RemoveTargets"),
  TagResource: onResource("TagResource"),
  TestEventPattern: anywhere("TestEventPattern"),
  UntagResource: onResource("UntagResource"),
  UpdateEventBus: onBus("UpdateEventBus"),
};

function need(operation: string, resource: string): AccessNeed {
  return { action: `events:${operation}`, resource };
}

function anywhere(operation: string): Rule {
  return () => [need(operation, "*")];
}

type NamedThing = { readonly ArchiveName?: string; readonly ReplayName?: string; readonly Name?: string };

function onNamed(operation: string, kind: "archive" | "replay" | "connection" | "api-destination"): Rule {
  return (input: NamedThing, { account, region }) => {
    const name = input.ArchiveName ?? input.ReplayName ?? `${input.Name ?? ""}/*`;
    return [need(operation, `arn:aws:events:${region}:${account}:${kind}/${name}`)];
  };
}

function onBus(operation: string): Rule {
  return (input: Named, context) => [need(operation, arnOfBus(input.Name, context))];
}

function onRule(operation: string): Rule {
  return (input: Named, context) => [need(operation, arnOfRule(input, context))];
}

function onResource(operation: string): Rule {
  return (input: Named) => [need(operation, input.ResourceARN ?? "*")];
}

/** A target's role is passed to the service. */
function putTargets(
  input: Named & { readonly Targets?: readonly { readonly RoleArn?: string }[] },
  context: EventsContext,
): AccessNeed[] {
  const roles = new Set(
    (input.Targets ?? []).flatMap((target) => (target.RoleArn === undefined ? [] : [target.RoleArn])),
  );
  const passes = [...roles].map((role) => ({
    action: "iam:PassRole",
    resource: role,
    conditions: { "iam:PassedToService": "events.amazonaws.com" },
  }));
  return [need("PutTargets", arnOfRule(input, context)), ...passes];
}

/** Each bus is asked for, with its own policy. */
function putEvents(
  input: {
    readonly Entries?: readonly {
      readonly EventBusName?: string;
      readonly Source?: string;
      readonly DetailType?: string;
    }[];
  },
  context: EventsContext,
): AccessNeed[] {
  // What AWS's services tell of themselves reaches the default bus without anybody's leave.
  const needsNone = (entry: { readonly EventBusName?: string; readonly Source?: string }): boolean =>
    context.caller.kind === "service" &&
    busName(entry.EventBusName) === DEFAULT_BUS &&
    entry.Source?.startsWith("aws.") === true;
  const entries = (input.Entries ?? []).filter((entry) => !needsNone(entry));
  return entries.map((entry) => {
    const name = busName(entry.EventBusName);
    const account = busAccount(entry.EventBusName, context);
    const { region } = context;
    const store = account === context.account ? context.store : context.storeAt(account, region);
    const conditions: Record<string, string> = {};
    if (entry.Source !== undefined) conditions["events:source"] = entry.Source;
    if (entry.DetailType !== undefined) conditions["events:detail-type"] = entry.DetailType;
    return {
      action: "events:PutEvents",
      resource: busArn({ account, region }, name),
      policy: store.buses.get(name)?.policy,
      conditions,
      owner: account,
    };
  });
}

function arnOfBus(given: string | undefined, context: EventsContext): string {
  return busArn(context, busName(given));
}

function arnOfRule(input: Named, { account, region }: EventsContext): string {
  const bus = busName(input.EventBusName);
  const rule = input.Rule ?? input.Name ?? "*";
  return `arn:aws:events:${region}:${account}:rule/${bus === DEFAULT_BUS ? rule : `${bus}/${rule}`}`;
}
