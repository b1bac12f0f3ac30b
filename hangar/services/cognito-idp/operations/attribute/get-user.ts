// Shows a signed-in user to themself. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUser.html

import type { GetUserInput, GetUserOutput } from "../../../../models/cognito-idp.d.ts";
import { authenticated } from "../../engine/access-token.ts";
import { listed } from "../../rules/attributes.ts";
import { mfaOf } from "../../rules/mfa-preference.ts";
import { operation } from "../../store.ts";

export const getUser = operation<GetUserInput, GetUserOutput>(async ({ AccessToken }, context) => {
  const { user, client } = await authenticated(context, AccessToken);
  const readable = client.settings.ReadAttributes;
  const attributes = listed(user).filter(
    ({ Name }) => Name === "sub" || (!Name.startsWith("dev:") && (readable === undefined || readable.includes(Name))),
  );
  return { Username: user.username, UserAttributes: attributes, ...mfaOf(user) };
});
