// Changes an app client: what is not named goes back to AWS's default. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html

import type { UpdateUserPoolClientInput, UpdateUserPoolClientOutput } from "../../../../models/cognito-idp.d.ts";
import { clientIn, findPool } from "../../engine/find.ts";
import { checkProviders } from "../../engine/identity-providers.ts";
import { scopesOf } from "../../engine/scopes.ts";
import { clientSettings } from "../../rules/client-settings.ts";
import { clientDescription } from "../../rules/pool-description.ts";
import { keyIn, operation } from "../../store.ts";

export const updateUserPoolClient = operation<UpdateUserPoolClientInput, UpdateUserPoolClientOutput>(
  (input, context) => {
    const place = clientIn(findPool(context, input.UserPoolId), input.ClientId);
    checkProviders(place, input.SupportedIdentityProviders);
    const { pool, store, client } = place;
    const ClientName = input.ClientName ?? client.settings.ClientName;
    const settings = clientSettings({ ...input, ClientName }, pool, scopesOf(place));
    const changed = { ...client, settings, modified: context.clock.now() };
    store.clients.put(keyIn(pool, client.id), changed);
    return { UserPoolClient: clientDescription(changed) };
  },
);
