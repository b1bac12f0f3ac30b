// AWS::Events::Connection: made, changed and deleted through the service's own operations.

import type { Properties, ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type { CreateConnectionOutput, DescribeConnectionOutput } from "../../../models/events.d.ts";

export const connection: ResourceType = {
  type: "AWS::Events::Connection",
  properties: ["AuthParameters", "AuthorizationType", "Description", "Name"],
  inert: { KmsKeyIdentifier: "the key of the connection's secret when it is made; later changes have no effect" },
  async create(properties, context) {
    const Name = (properties["Name"] as string | undefined) ?? context.physicalName(64);
    const { ConnectionArn = "" } = (await context.call("events", "CreateConnection", {
      Name,
      ...settingsOf(properties),
      KmsKeyIdentifier: properties["KmsKeyIdentifier"],
    })) as CreateConnectionOutput;
    const { SecretArn } = (await context.call("events", "DescribeConnection", { Name })) as DescribeConnectionOutput;
    return stateOf(Name, ConnectionArn, SecretArn);
  },
  async update(state, properties, _previous, context) {
    await context.call("events", "UpdateConnection", { Name: state.id, Description: "", ...settingsOf(properties) });
    return state;
  },
  async delete(state, _properties, context) {
    await unlessGone(context.call("events", "DeleteConnection", { Name: state.id }));
  },
  async read(id, context) {
    const found = (await unlessGone(context.call("events", "DescribeConnection", { Name: id }))) as
      | DescribeConnectionOutput
      | undefined;
    if (found === undefined) return undefined;
    const { Name, ConnectionArn, SecretArn, AuthorizationType, Description, AuthParameters } = found;
    return {
      Name,
      Arn: ConnectionArn,
      SecretArn,
      AuthorizationType,
      AuthParameters,
      ...(Description === undefined ? {} : { Description }),
    };
  },
};

function stateOf(name: string, arn: string, secretArn: string | undefined): ResourceState {
  const ArnForPolicy = arn.slice(0, arn.lastIndexOf("/"));
  return { id: name, attributes: { Arn: arn, ArnForPolicy, SecretArn: secretArn } };
}

function settingsOf({ Description, AuthorizationType, AuthParameters }: Properties): Properties {
  const settings = { Description, AuthorizationType, AuthParameters };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
