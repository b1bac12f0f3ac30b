// Settings of pools and clients that are not emulated: each is refused by name before anything is changed.

import type {
  CreateUserPoolClientRequest,
  CreateUserPoolRequest,
  LambdaConfigType,
} from "../../../models/cognito-idp.d.ts";
import { invalidParameter, notEmulated } from "../errors.ts";

type Settings = Partial<CreateUserPoolRequest>;

const GUIDE = "https://docs.aws.amazon.com/cognito/latest/developerguide";

export function checkPoolSettings(settings: Settings): void {
  const { UserPoolAddOns, KeyConfiguration, IssuerConfiguration, AliasAttributes, UsernameAttributes } = settings;
  if (UserPoolAddOns !== undefined && UserPoolAddOns.AdvancedSecurityMode !== "OFF")
    throw notEmulated(
      `threat protection of user pools (AdvancedSecurityMode ${UserPoolAddOns.AdvancedSecurityMode})`,
      `${GUIDE}/cognito-user-pool-settings-threat-protection.html`,
    );
  if (KeyConfiguration?.KeyType === "CUSTOMER_MANAGED_KEY") throw notEmulated("customer managed keys of user pools");
  if (IssuerConfiguration?.Type !== undefined && IssuerConfiguration.Type !== "ORIGINAL")
    throw notEmulated(`IssuerConfiguration ${IssuerConfiguration.Type} of user pools`);
  for (const name of ["DcrConfiguration", "AcrConfiguration"] as const)
    if (settings[name] !== undefined && Object.keys(settings[name]).length > 0)
      throw notEmulated(`${name} of user pools`, GUIDE);
  if (
    AliasAttributes !== undefined &&
    AliasAttributes.length > 0 &&
    UsernameAttributes !== undefined &&
    UsernameAttributes.length > 0
  )
    throw invalidParameter("Only one of the aliasAttributes or usernameAttributes can be set in a user pool.");
  checkPolicy(settings);
  checkTriggers(settings.LambdaConfig);
}

function checkPolicy({ Policies }: Settings): void {
  const { MinimumLength, PasswordHistorySize } = Policies?.PasswordPolicy ?? {};
  if (MinimumLength !== undefined && (MinimumLength < 6 || MinimumLength > 99))
    throw invalidParameter("Minimum password length must be between 6 and 99 characters.");
  if (PasswordHistorySize !== undefined && PasswordHistorySize > 24)
    throw invalidParameter("Password history size must be between 0 and 24.");
}

function checkTriggers(triggers: LambdaConfigType = {}): void {
  if (triggers.InboundFederation !== undefined) throw notEmulated("InboundFederation among the triggers of user pools");
}

export function checkClientSettings(settings: Partial<CreateUserPoolClientRequest>): void {
  if (settings.AnalyticsConfiguration !== undefined && Object.keys(settings.AnalyticsConfiguration).length > 0)
    throw notEmulated("AnalyticsConfiguration of app clients");
  if (settings.EnablePropagateAdditionalUserContextData === true)
    throw notEmulated("EnablePropagateAdditionalUserContextData of app clients");
}
