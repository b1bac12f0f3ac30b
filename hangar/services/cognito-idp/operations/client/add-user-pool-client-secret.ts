// Gives an app client a second secret, so that it can be exchanged. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AddUserPoolClientSecret.html

import type { AddUserPoolClientSecretInput, AddUserPoolClientSecretOutput } from "../../../../models/cognito-idp.d.ts";
import { clientIn, findPool } from "../../engine/find.ts";
import { limitExceeded } from "../../errors.ts";
import { keyIn, operation } from "../../store.ts";

const MOST = 2;

export const addUserPoolClientSecret = operation<AddUserPoolClientSecretInput, AddUserPoolClientSecretOutput>(
  (input, context) => {
    const { pool, store, client } = clientIn(findPool(context, input.UserPoolId), input.ClientId);
    if (client.secrets.length >= MOST) throw limitExceeded(`A client may have at most ${MOST} secrets.`);
    const now = context.clock.now();
    const secret = { id: `${client.id}--${now}`, value: input.ClientSecret ?? context.ids.lower(51), created: now };
    store.clients.put(keyIn(pool, client.id), { ...client, secrets: [...client.secrets, secret] });
    return {
      ClientSecretDescriptor: {
        ClientSecretId: secret.id,
        ...(input.ClientSecret === undefined ? { ClientSecretValue: secret.value } : {}),
        ClientSecretCreateDate: new Date(now),
      },
    };
  },
);
