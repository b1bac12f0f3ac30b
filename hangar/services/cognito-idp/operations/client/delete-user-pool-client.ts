// Deletes an app client. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPoolClient.html

import type { DeleteUserPoolClientInput } from "../../../../models/cognito-idp.d.ts";
import { clientIn, findPool } from "../../engine/find.ts";
import { keyIn, operation } from "../../store.ts";

export const deleteUserPoolClient = operation<DeleteUserPoolClientInput, Record<string, never>>(
  ({ UserPoolId, ClientId }, context) => {
    const { pool, store, client } = clientIn(findPool(context, UserPoolId), ClientId);
    store.clients.delete(keyIn(pool, client.id));
    store.poolsOfClients.delete(client.id);
    store.loginBrandings.delete(keyIn(pool, client.id));
    store.uiCustomizations.delete(keyIn(pool, client.id));
    return {};
  },
);
