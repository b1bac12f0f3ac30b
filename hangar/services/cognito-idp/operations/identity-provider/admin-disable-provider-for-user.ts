// Ends a user's signing in by an external identity provider, or by password. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDisableProviderForUser.html

import type {
  AdminDisableProviderForUserInput,
  AdminDisableProviderForUserOutput,
} from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { disableIdentity } from "../../engine/identities.ts";
import { operation } from "../../store.ts";

export const adminDisableProviderForUser = operation<
  AdminDisableProviderForUserInput,
  AdminDisableProviderForUserOutput
>(({ UserPoolId, User }, context) => {
  disableIdentity(findPool(context, UserPoolId), User);
  return {};
});
