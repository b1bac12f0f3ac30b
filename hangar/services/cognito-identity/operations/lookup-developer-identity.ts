// Shows a developer's user by identity, or an identity's users. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_LookupDeveloperIdentity.html

import type {
  LookupDeveloperIdentityInput,
  LookupDeveloperIdentityOutput,
} from "../../../models/cognito-identity.d.ts";
import { findPool } from "../engine/find.ts";
import { providerOf } from "../engine/developer-users.ts";
import { ownerOf } from "../engine/sign-in.ts";
import { identityNotFound, invalidParameter, notFound } from "../errors.ts";
import { operation } from "../store.ts";

export const lookupDeveloperIdentity = operation<LookupDeveloperIdentityInput, LookupDeveloperIdentityOutput>(
  (input, context) => {
    const { IdentityPoolId, IdentityId, DeveloperUserIdentifier: user } = input;
    const place = findPool(context, IdentityPoolId);
    const provider = providerOf(place);
    if (IdentityId === undefined && user === undefined)
      throw invalidParameter("Please provide either an IdentityId or a DeveloperUserIdentifier.");
    const owner = user === undefined ? IdentityId : ownerOf(place, { provider, subject: user });
    if (owner === undefined || (IdentityId !== undefined && owner !== IdentityId))
      throw notFound(`Developer user '${user ?? ""}' not found.`);
    const identity = place.store.identities.get(owner);
    if (identity === undefined || identity.pool !== IdentityPoolId) throw identityNotFound(owner);
    const users = identity.logins.filter((login) => login.provider === provider).map(({ subject }) => subject);
    const from = input.NextToken === undefined ? 0 : Number(input.NextToken);
    const to = from + (input.MaxResults ?? 60);
    return {
      IdentityId: identity.id,
      DeveloperUserIdentifierList: users.slice(from, to),
      ...(users.length > to ? { NextToken: String(to) } : {}),
    };
  },
);
