// The CloudFormation type AWS::Cognito::UserPoolGroup.

import type { ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type { GetGroupOutput } from "../../../models/cognito-idp.d.ts";
import { partsOf } from "../rules/properties.ts";

export const userPoolGroup: ResourceType = {
  type: "AWS::Cognito::UserPoolGroup",
  properties: ["Description", "GroupName", "Precedence", "RoleArn", "UserPoolId"],
  async create(properties, context) {
    const { GroupName = context.physicalName(128) } = properties;
    await context.call("cognito-idp", "CreateGroup", { ...properties, GroupName });
    return { id: String(GroupName), attributes: {} };
  },
  async update(state, properties, _previous, context) {
    await context.call("cognito-idp", "UpdateGroup", { ...properties, GroupName: state.id });
    return state;
  },
  async delete(state, properties, context) {
    const place = { UserPoolId: properties["UserPoolId"], GroupName: state.id };
    await unlessGone(context.call("cognito-idp", "DeleteGroup", place));
  },
  async read(id, context) {
    const [UserPoolId, GroupName] = partsOf(id);
    const found = await unlessGone(context.call("cognito-idp", "GetGroup", { UserPoolId, GroupName }));
    const group = (found as GetGroupOutput | undefined)?.Group;
    if (group === undefined) return undefined;
    const { Description, Precedence, RoleArn } = group;
    const more = Object.entries({ Description, Precedence, RoleArn }).filter(([, value]) => value !== undefined);
    return { UserPoolId, GroupName, ...Object.fromEntries(more) };
  },
};
