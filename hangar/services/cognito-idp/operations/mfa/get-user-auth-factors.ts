// Shows a signed-in user by which factors they may sign in. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserAuthFactors.html

import type { GetUserAuthFactorsInput, GetUserAuthFactorsOutput } from "../../../../models/cognito-idp.d.ts";
import { authenticated } from "../../engine/access-token.ts";
import { authFactors } from "../../rules/auth-factors.ts";
import { operation } from "../../store.ts";

export const getUserAuthFactors = operation<GetUserAuthFactorsInput, GetUserAuthFactorsOutput>(
  async ({ AccessToken }, context) => {
    const { pool, user } = await authenticated(context, AccessToken);
    return authFactors(pool, user);
  },
);
