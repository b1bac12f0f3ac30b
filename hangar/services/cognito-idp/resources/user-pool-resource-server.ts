// The CloudFormation type AWS::Cognito::UserPoolResourceServer.

import type { ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type { DescribeResourceServerOutput } from "../../../models/cognito-idp.d.ts";
import { partsOf } from "../rules/properties.ts";

export const userPoolResourceServer: ResourceType = {
  type: "AWS::Cognito::UserPoolResourceServer",
  properties: ["Identifier", "Name", "Scopes", "UserPoolId"],
  async create(properties, context) {
    await context.call("cognito-idp", "CreateResourceServer", properties);
    return { id: String(properties["Identifier"]), attributes: {} };
  },
  async update(state, properties, _previous, context) {
    await context.call("cognito-idp", "UpdateResourceServer", properties);
    return state;
  },
  async delete(state, properties, context) {
    const place = { UserPoolId: properties["UserPoolId"], Identifier: state.id };
    await unlessGone(context.call("cognito-idp", "DeleteResourceServer", place));
  },
  async read(id, context) {
    const [UserPoolId, Identifier] = partsOf(id);
    const found = await unlessGone(context.call("cognito-idp", "DescribeResourceServer", { UserPoolId, Identifier }));
    return (found as DescribeResourceServerOutput | undefined)?.ResourceServer;
  },
};
