// Shows which claims of a provider become session tags. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetPrincipalTagAttributeMap.html

import type {
  GetPrincipalTagAttributeMapInput,
  GetPrincipalTagAttributeMapOutput,
} from "../../../models/cognito-identity.d.ts";
import { findPool } from "../engine/find.ts";
import { tagMapAnswer } from "../engine/tags.ts";
import { operation } from "../store.ts";

export const getPrincipalTagAttributeMap = operation<
  GetPrincipalTagAttributeMapInput,
  GetPrincipalTagAttributeMapOutput
>(({ IdentityPoolId, IdentityProviderName }, context) =>
  tagMapAnswer(findPool(context, IdentityPoolId), IdentityProviderName),
);
