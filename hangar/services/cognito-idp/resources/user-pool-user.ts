// The CloudFormation type AWS::Cognito::UserPoolUser: nothing of it changes in place.

import type { ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type { AdminCreateUserOutput, AdminGetUserOutput } from "../../../models/cognito-idp.d.ts";
import { partsOf } from "../rules/properties.ts";

/** The user, or its pool. */
const GONE = ["ResourceNotFoundException", "UserNotFoundException"];

export const userPoolUser: ResourceType = {
  type: "AWS::Cognito::UserPoolUser",
  properties: [
    "ClientMetadata",
    "DesiredDeliveryMediums",
    "ForceAliasCreation",
    "MessageAction",
    "UserAttributes",
    "UserPoolId",
    "Username",
    "ValidationData",
  ],
  async create(properties, context) {
    const Username = properties["Username"] ?? context.context.ids.uuid();
    const answer = await context.call("cognito-idp", "AdminCreateUser", { ...properties, Username });
    return { id: (answer as AdminCreateUserOutput).User?.Username ?? "", attributes: {} };
  },
  async delete(state, properties, context) {
    const place = { UserPoolId: properties["UserPoolId"], Username: state.id };
    await unlessGone(context.call("cognito-idp", "AdminDeleteUser", place), GONE);
  },
  async read(id, context) {
    const [UserPoolId, Username] = partsOf(id);
    const found = await unlessGone(context.call("cognito-idp", "AdminGetUser", { UserPoolId, Username }), GONE);
    if (found === undefined) return undefined;
    return { UserPoolId, Username, UserAttributes: (found as unknown as AdminGetUserOutput).UserAttributes };
  },
};
