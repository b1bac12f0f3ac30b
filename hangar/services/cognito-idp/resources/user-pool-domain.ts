// The CloudFormation type AWS::Cognito::UserPoolDomain.

import type { Properties, ResourceContext, ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type { DescribeUserPoolDomainOutput } from "../../../models/cognito-idp.d.ts";
import { partsOf } from "../rules/properties.ts";

/** The pool, or the domain, for which there is no other word than this. */
const GONE = ["ResourceNotFoundException", "InvalidParameterException"];

export const userPoolDomain: ResourceType = {
  type: "AWS::Cognito::UserPoolDomain",
  properties: ["CustomDomainConfig", "Domain", "ManagedLoginVersion", "UserPoolId"],
  async create(properties, context) {
    await context.call("cognito-idp", "CreateUserPoolDomain", properties);
    return stateOf(String(properties["Domain"]), context);
  },
  async update(state, properties, _previous, context) {
    await context.call("cognito-idp", "UpdateUserPoolDomain", properties);
    return stateOf(state.id, context);
  },
  async delete(state, properties, context) {
    const place = { Domain: state.id, UserPoolId: properties["UserPoolId"] };
    await unlessGone(context.call("cognito-idp", "DeleteUserPoolDomain", place), GONE);
  },
  async read(id, context) {
    const [UserPoolId, Domain] = partsOf(id);
    const found = await described(Domain, context);
    if (found?.UserPoolId !== UserPoolId) return undefined;
    const { CustomDomainConfig, ManagedLoginVersion, CloudFrontDistribution } = found;
    return {
      UserPoolId,
      Domain,
      ManagedLoginVersion,
      CloudFrontDistribution,
      ...(CustomDomainConfig === undefined ? {} : { CustomDomainConfig }),
    };
  },
};

async function described(
  Domain: string,
  context: ResourceContext,
): Promise<DescribeUserPoolDomainOutput["DomainDescription"]> {
  const answer: Properties = await context.call("cognito-idp", "DescribeUserPoolDomain", { Domain });
  return (answer as DescribeUserPoolDomainOutput).DomainDescription;
}

async function stateOf(id: string, context: ResourceContext): Promise<ResourceState> {
  const found = await described(id, context);
  return { id, attributes: { CloudFrontDistribution: found?.CloudFrontDistribution } };
}
