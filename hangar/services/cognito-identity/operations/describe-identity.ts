// Shows an identity. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_DescribeIdentity.html

import type { DescribeIdentityInput, DescribeIdentityOutput } from "../../../models/cognito-identity.d.ts";
import { findIdentity } from "../engine/find.ts";
import { identityAnswer } from "../rules/answers.ts";
import { operation } from "../store.ts";

export const describeIdentity = operation<DescribeIdentityInput, DescribeIdentityOutput>(({ IdentityId }, context) =>
  identityAnswer(findIdentity(context, IdentityId).identity),
);
