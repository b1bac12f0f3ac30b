// Confirms a sign-up without a code. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminConfirmSignUp.html

import type { AdminConfirmSignUpInput, AdminConfirmSignUpOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool, findUser } from "../../engine/find.ts";
import { postConfirmation } from "../../engine/new-user.ts";
import { saveUser } from "../../engine/users.ts";
import { notAuthorized } from "../../errors.ts";
import { operation } from "../../store.ts";

export const adminConfirmSignUp = operation<AdminConfirmSignUpInput, AdminConfirmSignUpOutput>(
  async (input, context) => {
    const { user, ...place } = findUser(findPool(context, input.UserPoolId), input.Username);
    if (user.status !== "UNCONFIRMED")
      throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
    const confirmed = saveUser(place, { ...user, status: "CONFIRMED", modified: context.clock.now() });
    await postConfirmation(place, confirmed, { source: "ConfirmSignUp", metadata: input.ClientMetadata });
    return {};
  },
);
