// What each operation of identity pools needs. What apps do for their users is unsigned.

import type { AccessRule } from "../../cloud/service.ts";
import type { AccessNeed, ConditionKeys } from "../../ports/access.ts";
import { poolArn, type IdentityContext, type Tables } from "./store.ts";

type Rule = AccessRule<Tables>;
type Input = {
  readonly IdentityPoolId?: string;
  readonly IdentityId?: string;
  readonly ResourceArn?: string;
  readonly Tags?: Readonly<Record<string, string>>;
  readonly IdentityPoolTags?: Readonly<Record<string, string>>;
  readonly TagKeys?: readonly string[];
  readonly Roles?: Readonly<Record<string, string>>;
  readonly RoleMappings?: Readonly<
    Record<string, { readonly RulesConfiguration?: { readonly Rules: readonly { readonly RoleARN: string }[] } }>
  >;
};

const ON_POOLS = `DeleteIdentityPool DescribeIdentityPool GetIdentityPoolRoles GetOpenIdTokenForDeveloperIdentity
  GetPrincipalTagAttributeMap ListIdentities ListTagsForResource LookupDeveloperIdentity MergeDeveloperIdentities
  SetPrincipalTagAttributeMap TagResource UnlinkDeveloperIdentity UntagResource UpdateIdentityPool`;

const ON_ALL = "CreateIdentityPool DeleteIdentities DescribeIdentity ListIdentityPools";

/** Logins say who calls. */
const FOR_ALL = "GetCredentialsForIdentity GetId GetOpenIdToken UnlinkIdentity";

export const access: Readonly<Record<string, Rule>> = {
  ...rules(ON_POOLS, (action) => (input: Input, context) => [onPool(action, input, context)]),
  ...rules(ON_ALL, (action) => (input: Input) => [
    { action: `cognito-identity:${action}`, resource: "*", moreConditions: () => conditions(input, {}) },
  ]),
  ...rules(FOR_ALL, () => () => []),
  SetIdentityPoolRoles: (input: Input, context) => [
    onPool("SetIdentityPoolRoles", input, context),
    ...rolesIn(input).map((resource) => ({
      action: "iam:PassRole",
      resource,
      conditions: { "iam:PassedToService": "cognito-identity.amazonaws.com" },
    })),
  ],
};

function rules(names: string, rule: (action: string) => Rule): Readonly<Record<string, Rule>> {
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, rule(name)]));
}

function onPool(action: string, input: Input, { region, account, store }: IdentityContext): AccessNeed {
  const id = input.IdentityPoolId ?? input.ResourceArn?.split("/")[1] ?? "*";
  return {
    action: `cognito-identity:${action}`,
    resource: poolArn(region, account, id),
    moreConditions: () => conditions(input, store.pools.get(id)?.tags ?? {}),
  };
}

function rolesIn({ Roles = {}, RoleMappings = {} }: Input): readonly string[] {
  const mapped = Object.values(RoleMappings).flatMap(({ RulesConfiguration }) => RulesConfiguration?.Rules ?? []);
  return [...new Set([...Object.values(Roles), ...mapped.map(({ RoleARN }) => RoleARN)])];
}

function conditions(
  { Tags, IdentityPoolTags, TagKeys }: Input,
  present: Readonly<Record<string, string>>,
): ConditionKeys {
  const asked = Tags ?? IdentityPoolTags ?? {};
  const keys = TagKeys ?? Object.keys(asked);
  return {
    ...Object.fromEntries(Object.entries(asked).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    ...Object.fromEntries(Object.entries(present).map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
    ...(keys.length === 0 ? {} : { "aws:TagKeys": keys }),
  };
}
