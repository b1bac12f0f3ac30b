// A user signs up. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html

import type { SignUpInput, SignUpOutput } from "../../../../models/cognito-idp.d.ts";
import { sendCode } from "../../engine/codes.ts";
import { findClient } from "../../engine/find.ts";
import { addressOf } from "../../engine/messages.ts";
import { makeUser, postConfirmation } from "../../engine/new-user.ts";
import { checkSecretHash } from "../../engine/secret-hash.ts";
import { signUpSession } from "../../engine/sign-up-session.ts";
import { saveUser } from "../../engine/users.ts";
import { invalidParameter, notAuthorized } from "../../errors.ts";
import { attributesOf } from "../../rules/attributes.ts";
import { operation } from "../../store.ts";

export const signUp = operation<SignUpInput, SignUpOutput>(async (input, context) => {
  const place = findClient(context, input.ClientId);
  const { pool, client } = place;
  checkSecretHash(client, input.Username, input.SecretHash);
  if (pool.settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly === true)
    throw notAuthorized("SignUp is not permitted for this user pool");
  if (input.Password === undefined && !isPasswordless(pool.settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors))
    throw invalidParameter("Password is required");
  const made = await makeUser(place, {
    name: input.Username,
    password: input.Password,
    attributes: attributesOf(input.UserAttributes),
    validationData: input.ValidationData === undefined ? undefined : attributesOf(input.ValidationData),
    status: "UNCONFIRMED",
    client,
    metadata: input.ClientMetadata,
    source: "PreSignUp_SignUp",
    exists: "User already exists",
  });
  const user = saveUser(place, made);
  if (user.status === "CONFIRMED") {
    await postConfirmation(place, user, { source: "ConfirmSignUp", client: client.id, metadata: input.ClientMetadata });
    return { UserConfirmed: true, UserSub: user.sub };
  }
  const address = addressOf(user, pool.settings.AutoVerifiedAttributes ?? []);
  const Session = signUpSession(place, user, "SIGN_UP");
  const told = { UserConfirmed: false, UserSub: user.sub, ...(Session === undefined ? {} : { Session }) };
  if (address === undefined) return told;
  const CodeDeliveryDetails = await sendCode(place, user, {
    purpose: "confirm",
    kind: "SignUp",
    ...address,
    client: client.id,
    metadata: input.ClientMetadata,
  });
  return { ...told, CodeDeliveryDetails };
});

function isPasswordless(factors: readonly string[] = []): boolean {
  return factors.some((factor) => factor === "EMAIL_OTP" || factor === "SMS_OTP");
}
