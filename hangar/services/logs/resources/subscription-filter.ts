// The CloudFormation type AWS::Logs::SubscriptionFilter.

import type { Properties, ResourceContext, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";

export const subscriptionFilter: ResourceType = {
  type: "AWS::Logs::SubscriptionFilter",
  properties: ["LogGroupName", "FilterName", "FilterPattern", "DestinationArn", "RoleArn", "Distribution"],
  async create(properties, context) {
    const name = (properties["FilterName"] as string | undefined) ?? context.physicalName(512);
    await put(name, properties, context);
    return { id: name, attributes: {} };
  },
  async update(state, properties, _previous, context) {
    await put(state.id, properties, context);
    return state;
  },
  async delete(state, properties, context) {
    await unlessGone(
      context.call("logs", "DeleteSubscriptionFilter", {
        logGroupName: properties["LogGroupName"],
        filterName: state.id,
      }),
    );
  },
};

async function put(filterName: string, properties: Properties, context: ResourceContext): Promise<void> {
  await context.call("logs", "PutSubscriptionFilter", {
    logGroupName: properties["LogGroupName"],
    filterName,
    filterPattern: properties["FilterPattern"] ?? "",
    destinationArn: properties["DestinationArn"],
    roleArn: properties["RoleArn"],
    distribution: properties["Distribution"],
  });
}
