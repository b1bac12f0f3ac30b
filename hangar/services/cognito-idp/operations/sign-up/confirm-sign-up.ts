// A user proves their address with the code that they were sent. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmSignUp.html

import type { ConfirmSignUpInput, ConfirmSignUpOutput } from "../../../../models/cognito-idp.d.ts";
import { namedUser } from "../../engine/client-user.ts";
import { proveCode } from "../../engine/codes.ts";
import { postConfirmation } from "../../engine/new-user.ts";
import { endSession } from "../../engine/sessions.ts";
import { checkSignUpSession, signUpSession } from "../../engine/sign-up-session.ts";
import { claimAliases, saveUser } from "../../engine/users.ts";
import { expiredCode, notAuthorized } from "../../errors.ts";
import { operation, type UserRow } from "../../store.ts";

export const confirmSignUp = operation<ConfirmSignUpInput, ConfirmSignUpOutput>(async (input, context) => {
  const { user, ...place } = namedUser(context, input);
  if (user === undefined) throw expiredCode();
  if (user.status !== "UNCONFIRMED") throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
  if (input.Session !== undefined) checkSignUpSession(place, user, input.Session, "SIGN_UP");
  const { attribute } = proveCode(place, user, "confirm", input.ConfirmationCode);
  const confirmed: UserRow = {
    ...user,
    status: "CONFIRMED",
    modified: context.clock.now(),
    attributes: { ...user.attributes, ...(attribute === undefined ? {} : { [`${attribute}_verified`]: "true" }) },
  };
  claimAliases(place, confirmed, input.ForceAliasCreation);
  saveUser(place, confirmed);
  const about = { source: "ConfirmSignUp", client: place.client.id, metadata: input.ClientMetadata };
  await postConfirmation(place, confirmed, about);
  if (input.Session === undefined) return {};
  endSession(place, input.Session);
  const Session = signUpSession(place, confirmed, "SIGNED_UP");
  return Session === undefined ? {} : { Session };
});
