// A pool and its app clients as Describe shows them.

import type {
  UserPoolClientType,
  UserPoolDescriptionType,
  UserPoolType,
  UserType,
} from "../../../models/cognito-idp.d.ts";
import { arnOf, type ClientRow, type PoolRow, type UserRow } from "../store.ts";
import { listed } from "./attributes.ts";
import { passwordPolicy } from "./password.ts";

export function poolDescription(pool: PoolRow, users: number): UserPoolType {
  const { PoolName, ...settings } = pool.settings;
  const days = passwordPolicy(pool).TemporaryPasswordValidityDays;
  return {
    Id: pool.id,
    Name: PoolName,
    ...settings,
    Policies: {
      PasswordPolicy: passwordPolicy(pool),
      SignInPolicy: settings.Policies?.SignInPolicy ?? { AllowedFirstAuthFactors: ["PASSWORD"] },
    },
    DeletionProtection: settings.DeletionProtection ?? "INACTIVE",
    LambdaConfig: settings.LambdaConfig ?? {},
    LastModifiedDate: new Date(pool.modified),
    CreationDate: new Date(pool.created),
    SchemaAttributes: pool.schema,
    VerificationMessageTemplate: {
      DefaultEmailOption: "CONFIRM_WITH_CODE",
      ...settings.VerificationMessageTemplate,
    },
    UserAttributeUpdateSettings: settings.UserAttributeUpdateSettings ?? {
      AttributesRequireVerificationBeforeUpdate: [],
    },
    MfaConfiguration: settings.MfaConfiguration ?? "OFF",
    EstimatedNumberOfUsers: users,
    EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT", ...settings.EmailConfiguration },
    UserPoolTags: pool.tags,
    AdminCreateUserConfig: {
      AllowAdminCreateUserOnly: false,
      ...settings.AdminCreateUserConfig,
      UnusedAccountValidityDays: days,
    },
    Arn: arnOf(pool),
    UserPoolTier: settings.UserPoolTier ?? "ESSENTIALS",
    AccountRecoverySetting: settings.AccountRecoverySetting ?? {
      RecoveryMechanisms: [
        { Priority: 1, Name: "verified_email" },
        { Priority: 2, Name: "verified_phone_number" },
      ],
    },
  };
}

export function poolSummary({ id, settings, created, modified }: PoolRow): UserPoolDescriptionType {
  return {
    Id: id,
    Name: settings.PoolName,
    LambdaConfig: settings.LambdaConfig ?? {},
    LastModifiedDate: new Date(modified),
    CreationDate: new Date(created),
  };
}

export function clientDescription({ id, pool, settings, secrets, created, modified }: ClientRow): UserPoolClientType {
  const secret = secrets[0];
  return {
    UserPoolId: pool,
    ClientId: id,
    ...(secret === undefined ? {} : { ClientSecret: secret.value }),
    LastModifiedDate: new Date(modified),
    CreationDate: new Date(created),
    RefreshTokenValidity: 30,
    TokenValidityUnits: {},
    AllowedOAuthFlowsUserPoolClient: false,
    EnableTokenRevocation: true,
    EnablePropagateAdditionalUserContextData: false,
    AuthSessionValidity: 3,
    ...settings,
  };
}

export function userDescription(user: UserRow): UserType {
  return {
    Username: user.username,
    Attributes: listed(user),
    UserCreateDate: new Date(user.created),
    UserLastModifiedDate: new Date(user.modified),
    Enabled: user.enabled,
    UserStatus: user.status,
  };
}
