// What a pool may be set to.

import type { CreateIdentityPoolInput } from "../../../models/cognito-identity.d.ts";
import { invalidParameter } from "../errors.ts";

type Settings = Omit<CreateIdentityPoolInput, "IdentityPoolTags">;

/** Members that were left out are not kept. */
export function settingsOf(input: Settings): Settings {
  const { CognitoIdentityProviders = [] } = input;
  for (const { ProviderName, ClientId } of CognitoIdentityProviders)
    if (ProviderName === undefined || ClientId === undefined)
      throw invalidParameter("Please provide both the ProviderName and the ClientId of a Cognito identity provider.");
  const members: Settings = {
    IdentityPoolName: input.IdentityPoolName,
    AllowUnauthenticatedIdentities: input.AllowUnauthenticatedIdentities,
    AllowClassicFlow: input.AllowClassicFlow,
    SupportedLoginProviders: input.SupportedLoginProviders,
    DeveloperProviderName: input.DeveloperProviderName,
    OpenIdConnectProviderARNs: input.OpenIdConnectProviderARNs,
    CognitoIdentityProviders: input.CognitoIdentityProviders?.map((each) => ({
      ...each,
      ServerSideTokenCheck: each.ServerSideTokenCheck ?? false,
    })),
    SamlProviderARNs: input.SamlProviderARNs,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Settings;
}

/** Names of providers that logins and maps may use. */
export function providersOf(pool: Settings): readonly string[] {
  return [
    ...(pool.CognitoIdentityProviders ?? []).map(({ ProviderName = "" }) => ProviderName),
    ...Object.keys(pool.SupportedLoginProviders ?? {}),
    ...(pool.OpenIdConnectProviderARNs ?? []),
    ...(pool.SamlProviderARNs ?? []),
  ];
}
