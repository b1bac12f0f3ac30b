// The CloudFormation type AWS::Lambda::EventInvokeConfig.

import type { Properties, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import { optionalNumber, present, text } from "../rules/property-values.ts";

export const eventInvokeConfig: ResourceType = {
  type: "AWS::Lambda::EventInvokeConfig",
  properties: ["DestinationConfig", "FunctionName", "MaximumEventAgeInSeconds", "MaximumRetryAttempts", "Qualifier"],
  async create(properties, context) {
    await context.call("lambda", "PutFunctionEventInvokeConfig", input(properties));
    return {
      id: `${text(properties["FunctionName"])}|${text(properties["Qualifier"])}`,
      ref: context.physicalName(128),
      attributes: {},
    };
  },
  async update(state, properties, _previous, context) {
    await context.call("lambda", "PutFunctionEventInvokeConfig", input(properties));
    return state;
  },
  async delete(_state, properties, context) {
    await unlessGone(
      context.call("lambda", "DeleteFunctionEventInvokeConfig", {
        FunctionName: properties["FunctionName"],
        Qualifier: properties["Qualifier"],
      }),
    );
  },
};

function input(properties: Properties): Record<string, unknown> {
  return present({
    FunctionName: properties["FunctionName"],
    Qualifier: properties["Qualifier"],
    MaximumRetryAttempts: optionalNumber(properties["MaximumRetryAttempts"]),
    MaximumEventAgeInSeconds: optionalNumber(properties["MaximumEventAgeInSeconds"]),
    DestinationConfig: properties["DestinationConfig"],
  });
}
