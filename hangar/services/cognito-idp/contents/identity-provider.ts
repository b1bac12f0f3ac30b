// Cognito's operations on external identity providers, by API name.

import { adminDisableProviderForUser } from "../operations/identity-provider/admin-disable-provider-for-user.ts";
import { adminLinkProviderForUser } from "../operations/identity-provider/admin-link-provider-for-user.ts";
import { createIdentityProvider } from "../operations/identity-provider/create-identity-provider.ts";
import { deleteIdentityProvider } from "../operations/identity-provider/delete-identity-provider.ts";
import { describeIdentityProvider } from "../operations/identity-provider/describe-identity-provider.ts";
import { getIdentityProviderByIdentifier } from "../operations/identity-provider/get-identity-provider-by-identifier.ts";
import { listIdentityProviders } from "../operations/identity-provider/list-identity-providers.ts";
import { updateIdentityProvider } from "../operations/identity-provider/update-identity-provider.ts";

export const identityProviderOperations = {
  AdminDisableProviderForUser: adminDisableProviderForUser,
  AdminLinkProviderForUser: adminLinkProviderForUser,
  CreateIdentityProvider: createIdentityProvider,
  DeleteIdentityProvider: deleteIdentityProvider,
  DescribeIdentityProvider: describeIdentityProvider,
  GetIdentityProviderByIdentifier: getIdentityProviderByIdentifier,
  ListIdentityProviders: listIdentityProviders,
  UpdateIdentityProvider: updateIdentityProvider,
};
