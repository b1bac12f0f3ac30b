// Sets the password that a user chose, by the code that they were sent. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmForgotPassword.html

import type { ConfirmForgotPasswordInput, ConfirmForgotPasswordOutput } from "../../../../models/cognito-idp.d.ts";
import { namedUser } from "../../engine/client-user.ts";
import { proveCode } from "../../engine/codes.ts";
import { postConfirmation } from "../../engine/new-user.ts";
import { withPassword } from "../../engine/passwords.ts";
import { saveUser } from "../../engine/users.ts";
import { codeMismatch, notAuthorized } from "../../errors.ts";
import { operation, type UserRow } from "../../store.ts";

export const confirmForgotPassword = operation<ConfirmForgotPasswordInput, ConfirmForgotPasswordOutput>(
  async (input, context) => {
    const { user, ...place } = namedUser(context, input);
    if (user === undefined) throw codeMismatch();
    if (!user.enabled) throw notAuthorized("User is disabled.");
    const changed = withPassword(place, user, input.Password);
    const { attribute } = proveCode(place, user, "forgot", input.ConfirmationCode);
    const proved = attribute === undefined ? {} : { [`${attribute}_verified`]: "true" };
    const confirmed: UserRow = {
      ...changed,
      status: "CONFIRMED",
      attributes: { ...user.attributes, ...proved },
    };
    saveUser(place, confirmed);
    await postConfirmation(place, confirmed, {
      source: "ConfirmForgotPassword",
      client: place.client.id,
      metadata: input.ClientMetadata,
    });
    return {};
  },
);
