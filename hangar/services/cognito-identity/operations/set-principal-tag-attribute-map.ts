// Says which claims of a provider become session tags. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_SetPrincipalTagAttributeMap.html

import type {
  SetPrincipalTagAttributeMapInput,
  SetPrincipalTagAttributeMapOutput,
} from "../../../models/cognito-identity.d.ts";
import { findPool } from "../engine/find.ts";
import { tagMapAnswer } from "../engine/tags.ts";
import { invalidParameter } from "../errors.ts";
import { providersOf } from "../rules/pool-settings.ts";
import { key, operation } from "../store.ts";

export const setPrincipalTagAttributeMap = operation<
  SetPrincipalTagAttributeMapInput,
  SetPrincipalTagAttributeMapOutput
>(({ IdentityPoolId, IdentityProviderName, UseDefaults, PrincipalTags }, context) => {
  const place = findPool(context, IdentityPoolId);
  if (!providersOf(place.pool).includes(IdentityProviderName))
    throw invalidParameter(`${IdentityProviderName} is not a provider of this identity pool.`);
  const row = { useDefaults: UseDefaults ?? false, tags: PrincipalTags ?? {} };
  place.store.tagMaps.put(key(IdentityPoolId, IdentityProviderName), row);
  return tagMapAnswer(place, IdentityProviderName);
});
