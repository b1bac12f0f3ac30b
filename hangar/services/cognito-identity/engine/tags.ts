// Session tags of an identity's roles, by the maps of its pool.

import type { GetPrincipalTagAttributeMapOutput } from "../../../models/cognito-identity.d.ts";
import { tagsFrom } from "../rules/principal-tags.ts";
import { key, type Place } from "../store.ts";
import type { SignedIn } from "./sign-in.ts";

export function tagsOfLogins({ pool, store, logins }: SignedIn): Readonly<Record<string, string>> {
  const found = logins.map(({ provider, claims }) =>
    tagsFrom(store.tagMaps.get(key(pool.IdentityPoolId, provider)), claims),
  );
  return Object.assign({}, ...found) as Record<string, string>;
}

export function tagMapAnswer({ pool, store }: Place, provider: string): GetPrincipalTagAttributeMapOutput {
  const { IdentityPoolId } = pool;
  const { useDefaults = false, tags = {} } = store.tagMaps.get(key(IdentityPoolId, provider)) ?? {};
  return { IdentityPoolId, IdentityProviderName: provider, UseDefaults: useDefaults, PrincipalTags: tags };
}
