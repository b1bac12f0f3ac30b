// Removes one of an app client's secrets, not the last. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPoolClientSecret.html

import type {
  DeleteUserPoolClientSecretInput,
  DeleteUserPoolClientSecretOutput,
} from "../../../../models/cognito-idp.d.ts";
import { clientIn, findPool } from "../../engine/find.ts";
import { invalidParameter, notFound } from "../../errors.ts";
import { keyIn, operation } from "../../store.ts";

export const deleteUserPoolClientSecret = operation<DeleteUserPoolClientSecretInput, DeleteUserPoolClientSecretOutput>(
  (input, context) => {
    const { pool, store, client } = clientIn(findPool(context, input.UserPoolId), input.ClientId);
    const secrets = client.secrets.filter(({ id }) => id !== input.ClientSecretId);
    if (secrets.length === client.secrets.length)
      throw notFound(`Client secret ${input.ClientSecretId} does not exist.`);
    if (secrets.length === 0) throw invalidParameter("The last secret of a client cannot be deleted.");
    store.clients.put(keyIn(pool, client.id), { ...client, secrets });
    return {};
  },
);
