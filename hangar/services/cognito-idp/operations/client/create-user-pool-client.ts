// Creates an app client of a pool. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html

import type { CreateUserPoolClientInput, CreateUserPoolClientOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { checkProviders } from "../../engine/identity-providers.ts";
import { scopesOf } from "../../engine/scopes.ts";
import { invalidParameter } from "../../errors.ts";
import { clientSettings } from "../../rules/client-settings.ts";
import { clientDescription } from "../../rules/pool-description.ts";
import { keyIn, operation, type ClientRow } from "../../store.ts";

export const createUserPoolClient = operation<CreateUserPoolClientInput, CreateUserPoolClientOutput>(
  (input, context) => {
    const place = findPool(context, input.UserPoolId);
    checkProviders(place, input.SupportedIdentityProviders);
    const { pool, store } = place;
    if (input.GenerateSecret === true && input.ClientSecret !== undefined)
      throw invalidParameter("GenerateSecret and ClientSecret cannot be used together.");
    const now = context.clock.now();
    const value = input.ClientSecret ?? (input.GenerateSecret === true ? context.ids.lower(51) : undefined);
    const id = context.ids.lower(26);
    const client: ClientRow = {
      id,
      pool: pool.id,
      created: now,
      modified: now,
      settings: clientSettings(input, pool, scopesOf(place)),
      secrets: value === undefined ? [] : [{ id: `${id}--${now}`, value, created: now }],
    };
    store.clients.put(keyIn(pool, client.id), client);
    store.poolsOfClients.put(client.id, pool.id);
    return { UserPoolClient: clientDescription(client) };
  },
);
