// The CloudFormation type AWS::Events::EventBus.

import type { ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type { DescribeEventBusOutput } from "../../../models/events.d.ts";
import { setTags, tagsAt, tagsOf } from "../rules/resource-tags.ts";

export const eventBus: ResourceType = {
  type: "AWS::Events::EventBus",
  properties: ["Description", "Name", "Policy", "Tags"],
  inert: {
    DeadLetterConfig: "noted and shown; a bus's own deliveries do not fail here",
    KmsKeyIdentifier: "noted and shown; events are not encrypted at rest",
  },
  async create(properties, context) {
    const name = (properties["Name"] as string | undefined) ?? context.physicalName(256);
    const { EventBusArn } = await context.call("events", "CreateEventBus", {
      Name: name,
      Description: properties["Description"],
      KmsKeyIdentifier: properties["KmsKeyIdentifier"],
      DeadLetterConfig: properties["DeadLetterConfig"],
      Tags: tagsOf(properties, context),
    });
    if (properties["Policy"] !== undefined)
      await context.call("events", "PutPermission", { EventBusName: name, Policy: policyText(properties["Policy"]) });
    return { id: name, attributes: { Arn: EventBusArn, Name: name, Policy: properties["Policy"] ?? "" } };
  },
  async update(state, properties, previous, context) {
    const { Description, KmsKeyIdentifier, DeadLetterConfig, Policy } = properties;
    await context.call("events", "UpdateEventBus", { Name: state.id, Description, KmsKeyIdentifier, DeadLetterConfig });
    // Statements that stand there by other means stay.
    if (Policy !== undefined)
      await context.call("events", "PutPermission", { EventBusName: state.id, Policy: policyText(Policy) });
    else if (previous["Policy"] !== undefined)
      await context.call("events", "RemovePermission", { EventBusName: state.id, RemoveAllPermissions: true });
    await setTags(String(state.attributes["Arn"]), tagsOf(properties, context), context);
    return { ...state, attributes: { ...state.attributes, Policy: Policy ?? "" } };
  },
  async delete(state, _properties, context) {
    await unlessGone(context.call("events", "DeleteEventBus", { Name: state.id }));
  },
  async read(id, context) {
    const bus = (await unlessGone(context.call("events", "DescribeEventBus", { Name: id }))) as
      | DescribeEventBusOutput
      | undefined;
    if (bus === undefined) return undefined;
    const { Name, Arn, Description, KmsKeyIdentifier, DeadLetterConfig, Policy } = bus;
    const Tags = await tagsAt(Arn ?? "", context);
    return {
      Name,
      Arn,
      ...(Description === undefined ? {} : { Description }),
      ...(KmsKeyIdentifier === undefined ? {} : { KmsKeyIdentifier }),
      ...(DeadLetterConfig === undefined ? {} : { DeadLetterConfig }),
      ...(Policy === undefined ? {} : { Policy: JSON.parse(Policy) as object }),
      ...(Tags.length === 0 ? {} : { Tags }),
    };
  },
};

function policyText(policy: unknown): string {
  return typeof policy === "string" ? policy : JSON.stringify(policy);
}
