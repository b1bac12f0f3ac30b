// The CloudFormation type AWS::Cognito::UserPoolUserToGroupAttachment.

import type { Properties, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type { AdminListGroupsForUserOutput } from "../../../models/cognito-idp.d.ts";
import { partsOf } from "../rules/properties.ts";

/** The user, or its group or pool. */
const GONE = ["ResourceNotFoundException", "UserNotFoundException"];

export const userPoolUserToGroupAttachment: ResourceType = {
  type: "AWS::Cognito::UserPoolUserToGroupAttachment",
  properties: ["GroupName", "UserPoolId", "Username"],
  async create(properties, context) {
    await context.call("cognito-idp", "AdminAddUserToGroup", place(properties));
    return { id: context.physicalName(128), attributes: {} };
  },
  async delete(_state, properties, context) {
    await unlessGone(context.call("cognito-idp", "AdminRemoveUserFromGroup", place(properties)), GONE);
  },
  async read(id, context) {
    const [UserPoolId, GroupName, Username] = partsOf(id);
    const found = await unlessGone(
      context.call("cognito-idp", "AdminListGroupsForUser", { UserPoolId, Username }),
      GONE,
    );
    const groups = (found as AdminListGroupsForUserOutput | undefined)?.Groups ?? [];
    return groups.some((group) => group.GroupName === GroupName) ? { UserPoolId, GroupName, Username } : undefined;
  },
};

function place({ UserPoolId, GroupName, Username }: Properties): Properties {
  return { UserPoolId, GroupName, Username };
}
