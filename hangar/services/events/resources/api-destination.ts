// AWS::Events::ApiDestination: made, changed and deleted through the service's own operations.

import type { Properties, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type { CreateApiDestinationOutput, DescribeApiDestinationOutput } from "../../../models/events.d.ts";

const SETTINGS = ["ConnectionArn", "Description", "HttpMethod", "InvocationEndpoint"];
const USUAL_RATE = 300;

export const apiDestination: ResourceType = {
  type: "AWS::Events::ApiDestination",
  properties: [...SETTINGS, "Name"],
  inert: { InvocationRateLimitPerSecond: "noted and shown; calls are not held back" },
  async create(properties, context) {
    const Name = (properties["Name"] as string | undefined) ?? context.physicalName(64);
    const { ApiDestinationArn = "" } = (await context.call("events", "CreateApiDestination", {
      Name,
      ...settingsOf(properties),
    })) as CreateApiDestinationOutput;
    const ArnForPolicy = ApiDestinationArn.slice(0, ApiDestinationArn.lastIndexOf("/"));
    return { id: Name, attributes: { Arn: ApiDestinationArn, ArnForPolicy } };
  },
  async update(state, properties, _previous, context) {
    await context.call("events", "UpdateApiDestination", {
      Name: state.id,
      Description: "",
      ...settingsOf(properties),
    });
    return state;
  },
  async delete(state, _properties, context) {
    await unlessGone(context.call("events", "DeleteApiDestination", { Name: state.id }));
  },
  async read(id, context) {
    const found = (await unlessGone(
      context.call("events", "DescribeApiDestination", {
        Name: id,
      }),
    )) as DescribeApiDestinationOutput | undefined;
    if (found === undefined) return undefined;
    const { ApiDestinationArn: Arn, ConnectionArn, InvocationEndpoint, HttpMethod, Description } = found;
    return {
      Name: id,
      Arn,
      ConnectionArn,
      InvocationEndpoint,
      HttpMethod,
      InvocationRateLimitPerSecond: found.InvocationRateLimitPerSecond,
      ...(Description === undefined ? {} : { Description }),
    };
  },
};

function settingsOf(properties: Properties): Properties {
  const set = SETTINGS.filter((name) => properties[name] !== undefined);
  return {
    ...Object.fromEntries(set.map((name) => [name, properties[name]])),
    InvocationRateLimitPerSecond: properties["InvocationRateLimitPerSecond"] ?? USUAL_RATE,
  };
}
