// AWS::Events::Rule: the rule and its targets, through the service's own operations.

import type { Properties, ResourceContext, ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type { DescribeRuleOutput, ListTargetsByRuleOutput } from "../../../models/events.d.ts";
import { setTags, tagsAt, tagsOf } from "../rules/resource-tags.ts";

type Target = Readonly<Record<string, unknown>> & { readonly Id: string };

export const rule: ResourceType = {
  type: "AWS::Events::Rule",
  properties: [
    "Description",
    "EventBusName",
    "EventPattern",
    "Name",
    "RoleArn",
    "ScheduleExpression",
    "State",
    "Tags",
    "Targets",
  ],
  async create(properties, context) {
    const name = (properties["Name"] as string | undefined) ?? context.physicalName(64);
    return put(name, properties, context);
  },
  async update(state, properties, previous, context) {
    const name = nameOf(state.id);
    const kept = new Set(targetsIn(properties).map((target) => target.Id));
    const gone = targetsIn(previous).filter((target) => !kept.has(target.Id));
    const updated = await put(name, properties, context);
    await setTags(String(updated.attributes["Arn"]), tagsOf(properties, context), context);
    if (gone.length > 0)
      await context.call("events", "RemoveTargets", {
        ...busOf(properties),
        Rule: name,
        Ids: gone.map((target) => target.Id),
      });
    return updated;
  },
  async delete(state, properties, context) {
    const named = { ...busOf(properties), Rule: nameOf(state.id) };
    const found = (await unlessGone(context.call("events", "ListTargetsByRule", named))) as
      | ListTargetsByRuleOutput
      | undefined;
    if (found === undefined) return;
    const { Targets = [] } = found;
    if (Targets.length > 0)
      await context.call("events", "RemoveTargets", { ...named, Ids: Targets.map((target) => target.Id) });
    await context.call("events", "DeleteRule", { ...busOf(properties), Name: named.Rule });
  },
  async read(id, context) {
    const bus = id.includes("|") ? { EventBusName: id.slice(0, id.indexOf("|")) } : {};
    const named = { ...bus, Name: nameOf(id) };
    const found = (await unlessGone(context.call("events", "DescribeRule", named))) as DescribeRuleOutput | undefined;
    if (found === undefined) return undefined;
    const { Targets = [] } = (await context.call("events", "ListTargetsByRule", {
      ...bus,
      Rule: named.Name,
    })) as ListTargetsByRuleOutput;
    return shownOf(found, { Targets, Tags: await tagsAt(found.Arn ?? "", context) });
  },
};

/** Only what is set. */
function shownOf(
  { EventPattern, CreatedBy: _creator, ...rest }: DescribeRuleOutput,
  lists: Readonly<Record<string, readonly unknown[]>>,
): Properties {
  const pattern = EventPattern === undefined ? undefined : (JSON.parse(EventPattern) as object);
  const set = Object.entries({ ...rest, EventPattern: pattern }).filter(([, value]) => value !== undefined);
  return Object.fromEntries([...set, ...Object.entries(lists).filter(([, list]) => list.length > 0)]);
}

async function put(name: string, properties: Properties, context: ResourceContext): Promise<ResourceState> {
  const pattern = properties["EventPattern"];
  const { RuleArn } = await context.call("events", "PutRule", {
    ...busOf(properties),
    Name: name,
    Description: properties["Description"],
    EventPattern: pattern === undefined || typeof pattern === "string" ? pattern : JSON.stringify(pattern),
    RoleArn: properties["RoleArn"],
    ScheduleExpression: properties["ScheduleExpression"],
    State: properties["State"],
    Tags: tagsOf(properties, context),
  });
  const targets = targetsIn(properties);
  if (targets.length > 0)
    await context.call("events", "PutTargets", { ...busOf(properties), Rule: name, Targets: targets });
  // Ref gives the name, after the bus's where that is not the default one.
  const bus = properties["EventBusName"];
  const id = typeof bus === "string" && bus !== "default" ? `${bus.slice(bus.lastIndexOf("/") + 1)}|${name}` : name;
  return { id, attributes: { Arn: RuleArn, RuleName: name } };
}

function nameOf(id: string): string {
  return id.slice(id.lastIndexOf("|") + 1);
}

function busOf(properties: Properties): { EventBusName?: unknown } {
  return properties["EventBusName"] === undefined ? {} : { EventBusName: properties["EventBusName"] };
}

function targetsIn(properties: Properties): readonly Target[] {
  return (properties["Targets"] ?? []) as readonly Target[];
}
