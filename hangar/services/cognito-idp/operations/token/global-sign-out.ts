// Ends all of a signed-in user's sign-ins. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GlobalSignOut.html

import type { GlobalSignOutInput, GlobalSignOutOutput } from "../../../../models/cognito-idp.d.ts";
import { authenticated } from "../../engine/access-token.ts";
import { signOutEverywhere } from "../../engine/revoke.ts";
import { operation } from "../../store.ts";

export const globalSignOut = operation<GlobalSignOutInput, GlobalSignOutOutput>(async ({ AccessToken }, context) => {
  const { user, ...place } = await authenticated(context, AccessToken);
  signOutEverywhere(place, user);
  return {};
});
