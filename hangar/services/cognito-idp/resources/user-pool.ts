// The CloudFormation type AWS::Cognito::UserPool.

import {
  handlerFailure,
  type Properties,
  type ResourceContext,
  type ResourceState,
  type ResourceType,
} from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type {
  DescribeUserPoolOutput,
  GetUserPoolMfaConfigOutput,
  SchemaAttributeType,
} from "../../../models/cognito-idp.d.ts";
import { tagsOf } from "../rules/properties.ts";

/** What Create and Update take under the same name. */
const SHARED = [
  "AccountRecoverySetting",
  "AdminCreateUserConfig",
  "AutoVerifiedAttributes",
  "DeletionProtection",
  "DeviceConfiguration",
  "EmailConfiguration",
  "EmailVerificationMessage",
  "EmailVerificationSubject",
  "IssuerConfiguration",
  "KeyConfiguration",
  "LambdaConfig",
  "Policies",
  "SmsAuthenticationMessage",
  "SmsConfiguration",
  "SmsVerificationMessage",
  "UserAttributeUpdateSettings",
  "UserPoolAddOns",
  "UserPoolTier",
  "VerificationMessageTemplate",
];
const FIXED = ["AliasAttributes", "UsernameAttributes", "UsernameConfiguration"];
const PASSKEYS = {
  WebAuthnRelyingPartyID: "RelyingPartyId",
  WebAuthnUserVerification: "UserVerification",
  WebAuthnFactorConfiguration: "FactorConfiguration",
} as const;
const MFA = ["EmailAuthenticationMessage", "EmailAuthenticationSubject", "EnabledMfas", "MfaConfiguration"];
const INERT = {
  EmailConfiguration: "kept and shown; no mail leaves this machine",
  UserPoolTier: "kept and shown; every tier can do all that is emulated",
};

export const userPool: ResourceType = {
  type: "AWS::Cognito::UserPool",
  properties: [
    ...SHARED.filter((name) => !(name in INERT)),
    ...FIXED,
    ...MFA,
    ...Object.keys(PASSKEYS),
    "Schema",
    "UserPoolName",
    "UserPoolTags",
  ],
  inert: INERT,
  async create(properties, context) {
    const tags = tagsOf(properties["UserPoolTags"], context);
    const answer = await context.call("cognito-idp", "CreateUserPool", {
      PoolName: properties["UserPoolName"] ?? context.physicalName(128),
      ...picked(properties, [...SHARED, ...FIXED, "Schema"]),
      ...(Object.keys(tags).length === 0 ? {} : { UserPoolTags: tags }),
    });
    const { UserPool } = answer as unknown as DescribeUserPoolOutput;
    const id = UserPool?.Id ?? "";
    await applyMfa(id, properties, context);
    return stateOf(id, context);
  },
  async update(state, properties, previous, context) {
    await checkFixed(state.id, properties, context);
    await addAttributes(state.id, properties, previous, context);
    const name = properties["UserPoolName"];
    await context.call("cognito-idp", "UpdateUserPool", {
      UserPoolId: state.id,
      ...(name === undefined ? {} : { PoolName: name }),
      DeletionProtection: "INACTIVE",
      ...picked(properties, SHARED),
      UserPoolTags: tagsOf(properties["UserPoolTags"], context),
    });
    await applyMfa(state.id, properties, context);
    return stateOf(state.id, context);
  },
  async delete(state, _properties, context) {
    await unlessGone(context.call("cognito-idp", "DeleteUserPool", { UserPoolId: state.id }));
  },
  async read(id, context) {
    const found = (await unlessGone(context.call("cognito-idp", "DescribeUserPool", { UserPoolId: id }))) as
      | DescribeUserPoolOutput
      | undefined;
    if (found?.UserPool === undefined) return undefined;
    const { UserPool } = found;
    const mfa = await context.call("cognito-idp", "GetUserPoolMfaConfig", { UserPoolId: id });
    return {
      ...stateOf(id, context).attributes,
      UserPoolName: UserPool.Name,
      ...picked(UserPool as Properties, [...SHARED, ...FIXED]),
      Schema: UserPool.SchemaAttributes,
      UserPoolTags: UserPool.UserPoolTags,
      MfaConfiguration: UserPool.MfaConfiguration,
      EnabledMfas: enabledMfas(mfa as GetUserPoolMfaConfigOutput),
      ...shownPasskeys((mfa as GetUserPoolMfaConfigOutput).WebAuthnConfiguration),
    };
  },
};

function stateOf(id: string, { region, account }: ResourceContext): ResourceState {
  const name = `cognito-idp.${region}.amazonaws.com/${id}`;
  return {
    id,
    attributes: {
      UserPoolId: id,
      Arn: `arn:aws:cognito-idp:${region}:${account}:userpool/${id}`,
      ProviderName: name,
      ProviderURL: `https://${name}`,
    },
  };
}

function picked(from: Properties, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The factors and whether they are asked for are set together, once the pool is there. */
async function applyMfa(UserPoolId: string, wanted: Properties, context: ResourceContext): Promise<void> {
  const enabled = (wanted["EnabledMfas"] as readonly string[] | undefined) ?? [];
  const { SmsConfiguration, MfaConfiguration = "OFF" } = wanted;
  const message = wanted["EmailAuthenticationMessage"];
  const subject = wanted["EmailAuthenticationSubject"];
  await context.call("cognito-idp", "SetUserPoolMfaConfig", {
    UserPoolId,
    MfaConfiguration,
    SoftwareTokenMfaConfiguration: { Enabled: enabled.includes("SOFTWARE_TOKEN_MFA") },
    ...(SmsConfiguration === undefined ? {} : { SmsMfaConfiguration: { SmsConfiguration } }),
    ...(enabled.includes("EMAIL_OTP")
      ? {
          EmailMfaConfiguration: {
            ...(message === undefined ? {} : { Message: message }),
            ...(subject === undefined ? {} : { Subject: subject }),
          },
        }
      : {}),
    ...passkeys(wanted),
  });
}

function passkeys(wanted: Properties): { readonly WebAuthnConfiguration?: object } {
  const given = Object.entries(PASSKEYS).flatMap(([name, member]) =>
    wanted[name] === undefined ? [] : [[member, wanted[name]] as const],
  );
  return given.length === 0 ? {} : { WebAuthnConfiguration: Object.fromEntries(given) };
}

function shownPasskeys(settings: GetUserPoolMfaConfigOutput["WebAuthnConfiguration"] = {}): Properties {
  const shown = Object.entries(PASSKEYS).map(([name, member]) => [name, settings[member]]);
  return Object.fromEntries(shown.filter(([, value]) => value !== undefined)) as Properties;
}

function enabledMfas(mfa: GetUserPoolMfaConfigOutput): readonly string[] {
  return [
    ...(mfa.SmsMfaConfiguration === undefined ? [] : ["SMS_MFA"]),
    ...(mfa.SoftwareTokenMfaConfiguration?.Enabled === true ? ["SOFTWARE_TOKEN_MFA"] : []),
    ...(mfa.EmailMfaConfiguration === undefined ? [] : ["EMAIL_OTP"]),
  ];
}

/** Against the pool itself: a rollback asks for what it still has. */
async function checkFixed(UserPoolId: string, wanted: Properties, context: ResourceContext): Promise<void> {
  const answer = await context.call("cognito-idp", "DescribeUserPool", { UserPoolId });
  const present = (answer as DescribeUserPoolOutput).UserPool as Properties;
  const fixed = FIXED.find((name) => !same(wanted[name] ?? [], present[name] ?? []));
  if (fixed !== undefined) throw handlerFailure(`Updates are not allowed for property - ${fixed}.`);
}

/** Attributes come, and never change or go. */
async function addAttributes(
  UserPoolId: string,
  wanted: Properties,
  before: Properties,
  context: ResourceContext,
): Promise<void> {
  const now = (wanted["Schema"] as readonly SchemaAttributeType[] | undefined) ?? [];
  const then = (before["Schema"] as readonly SchemaAttributeType[] | undefined) ?? [];
  const kept = then.every((old) => now.some((each) => same(each, old)));
  const added = now.filter((each) => !then.some((old) => same(each, old)));
  if (!kept) throw handlerFailure("Existing schema attributes cannot be modified or deleted.");
  if (added.length > 0)
    await context.call("cognito-idp", "AddCustomAttributes", { UserPoolId, CustomAttributes: added });
}
