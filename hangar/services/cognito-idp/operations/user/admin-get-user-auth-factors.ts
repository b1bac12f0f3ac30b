// Shows by which factors a user may sign in. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUserAuthFactors.html

import type { AdminGetUserAuthFactorsInput, AdminGetUserAuthFactorsOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool, findUser } from "../../engine/find.ts";
import { authFactors } from "../../rules/auth-factors.ts";
import { operation } from "../../store.ts";

export const adminGetUserAuthFactors = operation<AdminGetUserAuthFactorsInput, AdminGetUserAuthFactorsOutput>(
  ({ UserPoolId, Username }, context) => {
    const { pool, user } = findUser(findPool(context, UserPoolId), Username);
    return authFactors(pool, user);
  },
);
