// Lists an app client's secrets without their values. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolClientSecrets.html

import type {
  ListUserPoolClientSecretsInput,
  ListUserPoolClientSecretsOutput,
} from "../../../../models/cognito-idp.d.ts";
import { clientIn, findPool } from "../../engine/find.ts";
import { operation } from "../../store.ts";

export const listUserPoolClientSecrets = operation<ListUserPoolClientSecretsInput, ListUserPoolClientSecretsOutput>(
  ({ UserPoolId, ClientId }, context) => ({
    ClientSecrets: clientIn(findPool(context, UserPoolId), ClientId).client.secrets.map(({ id, created }) => ({
      ClientSecretId: id,
      ClientSecretCreateDate: new Date(created),
    })),
  }),
);
