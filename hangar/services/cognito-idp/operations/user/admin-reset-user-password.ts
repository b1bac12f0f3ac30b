// Makes a user choose another password by a code that is sent to them. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminResetUserPassword.html

import type { AdminResetUserPasswordInput, AdminResetUserPasswordOutput } from "../../../../models/cognito-idp.d.ts";
import { sendCode } from "../../engine/codes.ts";
import { findPool, findUser } from "../../engine/find.ts";
import { recoveryAddress } from "../../engine/recovery.ts";
import { saveUser } from "../../engine/users.ts";
import { notAuthorized } from "../../errors.ts";
import { operation } from "../../store.ts";

export const adminResetUserPassword = operation<AdminResetUserPasswordInput, AdminResetUserPasswordOutput>(
  async (input, context) => {
    const { user, ...place } = findUser(findPool(context, input.UserPoolId), input.Username);
    if (!user.enabled) throw notAuthorized("User is disabled.");
    if (user.status !== "CONFIRMED" && user.status !== "RESET_REQUIRED")
      throw notAuthorized("User password cannot be reset in the current state.");
    const address = recoveryAddress(place.pool, user);
    const changed = saveUser(place, { ...user, status: "RESET_REQUIRED", modified: context.clock.now() });
    await sendCode(place, changed, {
      purpose: "forgot",
      kind: "ForgotPassword",
      ...address,
      metadata: input.ClientMetadata,
    });
    return {};
  },
);
