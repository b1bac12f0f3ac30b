// Shows a pool. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_DescribeIdentityPool.html

import type { DescribeIdentityPoolInput, DescribeIdentityPoolOutput } from "../../../models/cognito-identity.d.ts";
import { findPool } from "../engine/find.ts";
import { poolAnswer } from "../rules/answers.ts";
import { operation } from "../store.ts";

export const describeIdentityPool = operation<DescribeIdentityPoolInput, DescribeIdentityPoolOutput>(
  ({ IdentityPoolId }, context) => poolAnswer(findPool(context, IdentityPoolId).pool),
);
