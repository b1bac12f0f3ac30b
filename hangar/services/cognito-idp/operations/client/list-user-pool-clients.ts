// Lists a pool's app clients. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolClients.html

import type { ListUserPoolClientsInput, ListUserPoolClientsOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { notEmulated } from "../../errors.ts";
import { pageOf, withNext } from "../../rules/pages.ts";
import { keyIn, operation } from "../../store.ts";

export const listUserPoolClients = operation<ListUserPoolClientsInput, ListUserPoolClientsOutput>((input, context) => {
  const { pool, store } = findPool(context, input.UserPoolId);
  if (input.ClientType !== undefined) throw notEmulated("ClientType of ListUserPoolClients");
  const { rows, next } = pageOf(store.clients, {
    prefix: keyIn(pool, ""),
    most: input.MaxResults ?? 60,
    token: input.NextToken,
  });
  return {
    UserPoolClients: rows.map(({ id, settings }) => ({
      ClientId: id,
      UserPoolId: pool.id,
      ClientName: settings.ClientName,
    })),
    ...withNext("NextToken", next),
  };
});
