// The CloudFormation type AWS::Lambda::Permission.

import type { ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import { optionalBoolean, optionalText, present, text } from "../rules/property-values.ts";

export const lambdaPermission: ResourceType = {
  type: "AWS::Lambda::Permission",
  properties: [
    "Action",
    "EventSourceToken",
    "FunctionName",
    "FunctionUrlAuthType",
    "InvokedViaFunctionUrl",
    "Principal",
    "PrincipalOrgID",
    "SourceAccount",
    "SourceArn",
  ],
  async create(properties, context) {
    const id = context.physicalName(100);
    await context.call(
      "lambda",
      "AddPermission",
      present({
        FunctionName: properties["FunctionName"],
        StatementId: id,
        Action: properties["Action"],
        Principal: text(properties["Principal"]),
        SourceArn: optionalText(properties["SourceArn"]),
        SourceAccount: optionalText(properties["SourceAccount"]),
        EventSourceToken: optionalText(properties["EventSourceToken"]),
        FunctionUrlAuthType: properties["FunctionUrlAuthType"],
        InvokedViaFunctionUrl: optionalBoolean(properties["InvokedViaFunctionUrl"]),
        PrincipalOrgID: properties["PrincipalOrgID"],
      }),
    );
    return { id, attributes: { Id: id } };
  },
  async delete(state, properties, context) {
    await unlessGone(
      context.call("lambda", "RemovePermission", { FunctionName: properties["FunctionName"], StatementId: state.id }),
    );
  },
};
