// What each operation of IAM needs: the action of its name on the entity it names.

import type { AccessRule } from "../../cloud/service.ts";
import type { AccessNeed } from "../../ports/access.ts";
import { entityArn, type EntityKind } from "./rules/entity-arn.ts";
import { accountStore, nameKey, type IamContext, type Tables, type Tag } from "./store.ts";

type Rule = AccessRule<Tables>;
type Names = Readonly<Record<string, string | undefined>>;
type Resource = (input: Names, context: IamContext) => string;

const user: Resource = ({ UserName, Path }, context) => {
  const name = UserName ?? context.caller.userName ?? "";
  return accountStore(context).users.get(nameKey(name))?.Arn ?? entityArn(context.account, "user", Path ?? "/", name);
};
const group: Resource = ({ GroupName = "", Path }, context) =>
  accountStore(context).groups.get(nameKey(GroupName))?.Arn ??
  entityArn(context.account, "group", Path ?? "/", GroupName);
const role: Resource = ({ RoleName = "", Path }, context) =>
  accountStore(context).roles.get(nameKey(RoleName))?.Arn ?? entityArn(context.account, "role", Path ?? "/", RoleName);
const policy: Resource = ({ PolicyArn, PolicyName = "", Path }, { account }) =>
  PolicyArn ?? entityArn(account, "policy", Path ?? "/", PolicyName);
const profile: Resource = ({ InstanceProfileName = "", Path }, context) =>
  accountStore(context).instanceProfiles.get(nameKey(InstanceProfileName))?.Arn ??
  entityArn(context.account, "instance-profile", Path ?? "/", InstanceProfileName);
const provider: Resource = ({ OpenIDConnectProviderArn, Url = "" }, { account }) =>
  OpenIDConnectProviderArn ?? `arn:aws:iam::${account}:oidc-provider/${Url.replace("https://", "")}`;
const linkedRole: Resource = ({ AWSServiceName = "" }, { account }) =>
  `arn:aws:iam::${account}:role/aws-service-role/${AWSServiceName}/*`;
const any: Resource = () => "*";
const under =
  (kind: EntityKind): Resource =>
  ({ PathPrefix = "/" }, { account }) =>
    entityArn(account, kind, PathPrefix, "");

/** Resource -> the operations on it. */
const RESOURCES: readonly (readonly [Resource, string])[] = [
  [
    user,
    "CreateUser GetUser UpdateUser DeleteUser TagUser UntagUser ListUserTags PutUserPolicy GetUserPolicy DeleteUserPolicy ListUserPolicies AttachUserPolicy DetachUserPolicy ListAttachedUserPolicies",
  ],
  [
    user,
    "PutUserPermissionsBoundary DeleteUserPermissionsBoundary CreateLoginProfile GetLoginProfile UpdateLoginProfile DeleteLoginProfile ListGroupsForUser CreateAccessKey ListAccessKeys UpdateAccessKey DeleteAccessKey",
  ],
  [
    group,
    "CreateGroup GetGroup UpdateGroup DeleteGroup AddUserToGroup RemoveUserFromGroup PutGroupPolicy GetGroupPolicy DeleteGroupPolicy ListGroupPolicies AttachGroupPolicy DetachGroupPolicy ListAttachedGroupPolicies",
  ],
  [
    role,
    "CreateRole GetRole UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy DeleteRole DeleteServiceLinkedRole TagRole UntagRole ListRoleTags PutRolePolicy GetRolePolicy DeleteRolePolicy ListRolePolicies",
  ],
  [
    role,
    "AttachRolePolicy DetachRolePolicy ListAttachedRolePolicies PutRolePermissionsBoundary DeleteRolePermissionsBoundary ListInstanceProfilesForRole",
  ],
  [linkedRole, "CreateServiceLinkedRole"],
  [
    policy,
    "CreatePolicy GetPolicy DeletePolicy CreatePolicyVersion GetPolicyVersion ListPolicyVersions SetDefaultPolicyVersion DeletePolicyVersion ListEntitiesForPolicy TagPolicy UntagPolicy ListPolicyTags",
  ],
  [
    profile,
    "CreateInstanceProfile GetInstanceProfile DeleteInstanceProfile AddRoleToInstanceProfile RemoveRoleFromInstanceProfile TagInstanceProfile UntagInstanceProfile ListInstanceProfileTags",
  ],
  [
    provider,
    "CreateOpenIDConnectProvider GetOpenIDConnectProvider DeleteOpenIDConnectProvider AddClientIDToOpenIDConnectProvider RemoveClientIDFromOpenIDConnectProvider UpdateOpenIDConnectProviderThumbprint",
  ],
  [provider, "TagOpenIDConnectProvider UntagOpenIDConnectProvider ListOpenIDConnectProviderTags"],
  [under("user"), "ListUsers"],
  [under("group"), "ListGroups"],
  [under("role"), "ListRoles"],
  [under("instance-profile"), "ListInstanceProfiles"],
  [
    any,
    "ListPolicies ListOpenIDConnectProviders CreateAccountAlias DeleteAccountAlias ListAccountAliases UpdateAccountPasswordPolicy GetAccountPasswordPolicy DeleteAccountPasswordPolicy GetAccountSummary",
  ],
  [
    any,
    "GetAccountAuthorizationDetails GetServiceLinkedRoleDeletionStatus GetAccessKeyLastUsed SimulateCustomPolicy SimulatePrincipalPolicy",
  ],
];

function ruleOf(operation: string, resource: Resource): Rule {
  return (input: Names, context): readonly AccessNeed[] => {
    const need: AccessNeed = {
      action: `iam:${operation}`,
      resource: resource(input, context),
      conditions: conditionsOf(input),
    };
    if (operation !== "AddRoleToInstanceProfile") return [need];
    return [
      need,
      {
        action: "iam:PassRole",
        resource: role(input, context),
        conditions: { "iam:PassedToService": "ec2.amazonaws.com" },
      },
    ];
  };
}

function conditionsOf(
  input: Names & { readonly Tags?: unknown; readonly TagKeys?: unknown },
): Record<string, string | string[]> {
  const conditions: Record<string, string | string[]> = {};
  if (input["PolicyArn"] !== undefined) conditions["iam:PolicyARN"] = input["PolicyArn"];
  if (input["PermissionsBoundary"] !== undefined) conditions["iam:PermissionsBoundary"] = input["PermissionsBoundary"];
  if (input["AWSServiceName"] !== undefined) conditions["iam:AWSServiceName"] = input["AWSServiceName"];
  const tags = Array.isArray(input.Tags) ? (input.Tags as readonly Tag[]) : [];
  for (const tag of tags) conditions[`aws:RequestTag/${tag.Key}`] = tag.Value;
  const keys = Array.isArray(input.TagKeys) ? (input.TagKeys as readonly string[]) : tags.map((tag) => tag.Key);
  if (keys.length > 0) conditions["aws:TagKeys"] = [...keys];
  return conditions;
}

export const access: Readonly<Record<string, Rule>> = Object.fromEntries(
  RESOURCES.flatMap(([resource, names]) => names.split(" ").map((name) => [name, ruleOf(name, resource)])),
);
