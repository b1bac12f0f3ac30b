// Makes two of a developer's users one identity. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_MergeDeveloperIdentities.html

import type {
  MergeDeveloperIdentitiesInput,
  MergeDeveloperIdentitiesOutput,
} from "../../../models/cognito-identity.d.ts";
import { findPool, put, remove } from "../engine/find.ts";
import { userOf } from "../engine/developer-users.ts";
import { operation } from "../store.ts";

export const mergeDeveloperIdentities = operation<MergeDeveloperIdentitiesInput, MergeDeveloperIdentitiesOutput>(
  (input, context) => {
    const place = findPool(context, input.IdentityPoolId);
    const source = userOf(place, input.DeveloperProviderName, input.SourceUserIdentifier);
    const kept = userOf(place, input.DeveloperProviderName, input.DestinationUserIdentifier);
    if (source.id === kept.id) return { IdentityId: kept.id };
    remove(place, source);
    put(place, { ...kept, modified: context.clock.now(), logins: [...kept.logins, ...source.logins] });
    return { IdentityId: kept.id };
  },
);
