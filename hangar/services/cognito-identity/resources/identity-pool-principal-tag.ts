// The CloudFormation type AWS::Cognito::IdentityPoolPrincipalTag.

import type { ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import { call } from "./properties.ts";

export const identityPoolPrincipalTag: ResourceType = {
  type: "AWS::Cognito::IdentityPoolPrincipalTag",
  properties: ["IdentityPoolId", "IdentityProviderName", "PrincipalTags", "UseDefaults"],
  async create(properties, context) {
    await call(context, "SetPrincipalTagAttributeMap", properties);
    const id = `${String(properties["IdentityPoolId"])}|${String(properties["IdentityProviderName"])}`;
    return { id, attributes: {} };
  },
  async update(state, properties, _previous, context) {
    await call(context, "SetPrincipalTagAttributeMap", properties);
    return state;
  },
  async delete(_state, { IdentityPoolId, IdentityProviderName }, context) {
    await unlessGone(
      call(context, "SetPrincipalTagAttributeMap", {
        IdentityPoolId,
        IdentityProviderName,
        UseDefaults: false,
        PrincipalTags: {},
      }),
    );
  },
  async read(id, context) {
    const [IdentityPoolId = "", IdentityProviderName = ""] = id.split("|");
    return unlessGone(call(context, "GetPrincipalTagAttributeMap", { IdentityPoolId, IdentityProviderName }));
  },
};
