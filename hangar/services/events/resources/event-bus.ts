// The CloudFormation type AWS::Events::EventBus.

import type { ResourceType } from "../../../cloud/resource.ts";
import { AwsError } from "../../../kernel/aws-error.ts";

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
      Tags: [...context.tags, ...((properties["Tags"] ?? []) as readonly unknown[])],
    });
    if (properties["Policy"] !== undefined)
      await context.call("events", "PutPermission", { EventBusName: name, Policy: policyText(properties["Policy"]) });
    return { id: name, attributes: { Arn: EventBusArn, Name: name, Policy: properties["Policy"] ?? "" } };
  },
  async update(state, properties, _previous, context) {
    const { Description, KmsKeyIdentifier, DeadLetterConfig, Policy } = properties;
    await context.call("events", "UpdateEventBus", { Name: state.id, Description, KmsKeyIdentifier, DeadLetterConfig });
    if (Policy === undefined)
      await context.call("events", "RemovePermission", { EventBusName: state.id, RemoveAllPermissions: true });
    else await context.call("events", "PutPermission", { EventBusName: state.id, Policy: policyText(Policy) });
    return { ...state, attributes: { ...state.attributes, Policy: Policy ?? "" } };
  },
  async delete(state, _properties, context) {
    try {
      await context.call("events", "DeleteEventBus", { Name: state.id });
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== "ResourceNotFoundException") throw error;
    }
  },
};

function policyText(policy: unknown): string {
  return typeof policy === "string" ? policy : JSON.stringify(policy);
}
