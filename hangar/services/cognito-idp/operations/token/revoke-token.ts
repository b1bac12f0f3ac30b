// Ends a sign-in by its refresh token. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RevokeToken.html

import type { RevokeTokenInput, RevokeTokenOutput } from "../../../../models/cognito-idp.d.ts";
import { findClient } from "../../engine/find.ts";
import { revokeByToken } from "../../engine/revoke.ts";
import { checkSecret } from "../../engine/secret-hash.ts";
import { notEmulated } from "../../errors.ts";
import { operation } from "../../store.ts";

export const revokeToken = operation<RevokeTokenInput, RevokeTokenOutput>((input, context) => {
  if (input.RevokeAssociatedSessions !== undefined) throw notEmulated("RevokeAssociatedSessions of RevokeToken");
  const place = findClient(context, input.ClientId);
  checkSecret(place.client, input.ClientSecret);
  revokeByToken(place, input.Token);
  return {};
});
