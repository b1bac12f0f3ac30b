// The CloudFormation type AWS::Cognito::UserPoolUICustomizationAttachment.

import type { ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type { GetUICustomizationOutput } from "../../../models/cognito-idp.d.ts";
import { partsOf } from "../rules/properties.ts";

export const userPoolUiCustomizationAttachment: ResourceType = {
  type: "AWS::Cognito::UserPoolUICustomizationAttachment",
  properties: ["CSS", "ClientId", "UserPoolId"],
  async create(properties, context) {
    await context.call("cognito-idp", "SetUICustomization", properties);
    return {
      id: `UserPoolUICustomizationAttachment-${String(properties["UserPoolId"])}-${String(properties["ClientId"])}`,
      attributes: {},
    };
  },
  async update(state, properties, _previous, context) {
    await context.call("cognito-idp", "SetUICustomization", properties);
    return state;
  },
  async delete(_state, { UserPoolId, ClientId }, context) {
    const plain = context.call("cognito-idp", "SetUICustomization", { UserPoolId, ClientId });
    // The domain may have gone first, and the pages with it.
    await unlessGone(plain, ["ResourceNotFoundException", "InvalidParameterException"]);
  },
  async read(id, context) {
    const [UserPoolId, ClientId] = partsOf(id);
    const found = await unlessGone(context.call("cognito-idp", "GetUICustomization", { UserPoolId, ClientId }));
    return (found as GetUICustomizationOutput | undefined)?.UICustomization;
  },
};
