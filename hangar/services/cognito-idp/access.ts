// What each operation of Cognito user pools needs. What a user does for themself needs a token, no permission.

import type { AccessRule } from "../../cloud/service.ts";
import { parseArn } from "../../kernel/arn.ts";
import type { ConditionKeys } from "../../ports/access.ts";
import { arnOf, type CognitoContext, type Tables } from "./store.ts";

type Rule = AccessRule<Tables>;
type Tags = Readonly<Record<string, string>>;
type Input = {
  readonly UserPoolId?: string;
  readonly ResourceArn?: string;
  readonly UserPoolTags?: Tags;
  readonly Tags?: Tags;
  readonly TagKeys?: readonly string[];
};

const ON_POOLS = `AddCustomAttributes AddUserPoolClientSecret AdminAddUserToGroup AdminConfirmSignUp AdminCreateUser AdminDeleteSoftwareToken
  AdminDeleteUser AdminDeleteUserAttributes AdminDisableUser AdminEnableUser AdminGetUser AdminGetUserAuthFactors
  AdminListGroupsForUser AdminRemoveUserFromGroup AdminResetUserPassword AdminSetUserMFAPreference AdminSetUserPassword AdminSetUserSettings
  AdminForgetDevice AdminGetDevice AdminListDevices AdminUpdateDeviceStatus
  AdminDisableProviderForUser AdminLinkProviderForUser CreateIdentityProvider DeleteIdentityProvider
  DescribeIdentityProvider GetIdentityProviderByIdentifier ListIdentityProviders UpdateIdentityProvider
  AdminInitiateAuth AdminRespondToAuthChallenge AdminUpdateUserAttributes AdminUserGlobalSignOut CreateGroup CreateManagedLoginBranding DeleteManagedLoginBranding DescribeManagedLoginBranding
  DescribeManagedLoginBrandingByClient UpdateManagedLoginBranding CreateResourceServer CreateUserPoolClient CreateUserPoolDomain DeleteGroup
  DeleteResourceServer DeleteUserPool DeleteUserPoolClient DeleteUserPoolClientSecret DeleteUserPoolDomain
  DescribeResourceServer DescribeUserPool DescribeUserPoolClient GetCSVHeader GetSigningCertificate GetUICustomization SetUICustomization GetGroup GetUserPoolMfaConfig ListGroups
  ListResourceServers ListTagsForResource ListUserPoolClientSecrets ListUserPoolClients ListUsers ListUsersInGroup
  SetUserPoolMfaConfig TagResource UntagResource UpdateGroup UpdateResourceServer UpdateUserPool UpdateUserPoolClient
  UpdateUserPoolDomain`;

const ON_ALL = "CreateUserPool DescribeUserPoolDomain ListUserPools";

/** The app client or a token says who calls. */
const FOR_ALL = `AssociateSoftwareToken ChangePassword ConfirmForgotPassword ConfirmSignUp DeleteUser DeleteUserAttributes
  CompleteWebAuthnRegistration DeleteWebAuthnCredential ListWebAuthnCredentials StartWebAuthnRegistration
  ConfirmDevice ForgetDevice GetDevice ListDevices UpdateDeviceStatus
  ForgotPassword GetTokensFromRefreshToken GetUser GetUserAttributeVerificationCode GetUserAuthFactors GlobalSignOut
  InitiateAuth ResendConfirmationCode RespondToAuthChallenge RevokeToken SetUserMFAPreference SetUserSettings SignUp
  UpdateUserAttributes VerifySoftwareToken VerifyUserAttribute`;

export const access: Readonly<Record<string, Rule>> = {
  ...rules(ON_POOLS, (action) => (input: Input, context) => [
    {
      action: `cognito-idp:${action}`,
      resource: poolArn(input, context),
      moreConditions: () => conditions(input, tagsOf(input, context)),
    },
  ]),
  ...rules(ON_ALL, (action) => (input: Input) => [
    { action: `cognito-idp:${action}`, resource: "*", moreConditions: () => conditions(input, {}) },
  ]),
  ...rules(FOR_ALL, () => () => []),
};

function rules(names: string, rule: (action: string) => Rule): Readonly<Record<string, Rule>> {
  const all = names.split(/\s+/).filter((name) => name !== "");
  return Object.fromEntries(all.map((name) => [name, rule(name)]));
}

function poolArn({ UserPoolId, ResourceArn }: Input, { region, account }: CognitoContext): string {
  if (ResourceArn !== undefined) return ResourceArn;
  return arnOf({ id: UserPoolId ?? "*", region, account } as Parameters<typeof arnOf>[0]);
}

function tagsOf({ UserPoolId, ResourceArn = "" }: Input, { store }: CognitoContext): Tags {
  const id = UserPoolId ?? parseArn(ResourceArn)?.resource.replace("userpool/", "") ?? "";
  return store.pools.get(id)?.tags ?? {};
}

function conditions({ Tags, UserPoolTags, TagKeys }: Input, present: Tags): ConditionKeys {
  const asked = Tags ?? UserPoolTags ?? {};
  const keys = TagKeys ?? Object.keys(asked);
  return {
    ...Object.fromEntries(Object.entries(asked).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    ...Object.fromEntries(Object.entries(present).map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
    ...(keys.length === 0 ? {} : { "aws:TagKeys": keys }),
  };
}
