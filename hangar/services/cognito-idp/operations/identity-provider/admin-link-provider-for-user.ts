// Lets a user of the pool sign in as somebody of an external identity provider too. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminLinkProviderForUser.html

import type {
  AdminLinkProviderForUserInput,
  AdminLinkProviderForUserOutput,
} from "../../../../models/cognito-idp.d.ts";
import { linkIdentity } from "../../engine/identities.ts";
import { findPool } from "../../engine/find.ts";
import { operation } from "../../store.ts";

export const adminLinkProviderForUser = operation<AdminLinkProviderForUserInput, AdminLinkProviderForUserOutput>(
  ({ UserPoolId, DestinationUser, SourceUser }, context) => {
    linkIdentity(findPool(context, UserPoolId), DestinationUser, SourceUser);
    return {};
  },
);
