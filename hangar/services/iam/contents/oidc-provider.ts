// The operations of IAM on oidc providers, by API name.

import { addClientIdToOpenIdConnectProvider } from "../operations/oidc-provider/add-client-id-to-open-id-connect-provider.ts";
import { createOpenIdConnectProvider } from "../operations/oidc-provider/create-open-id-connect-provider.ts";
import { deleteOpenIdConnectProvider } from "../operations/oidc-provider/delete-open-id-connect-provider.ts";
import { getOpenIdConnectProvider } from "../operations/oidc-provider/get-open-id-connect-provider.ts";
import { listOpenIdConnectProviderTags } from "../operations/oidc-provider/list-open-id-connect-provider-tags.ts";
import { listOpenIdConnectProviders } from "../operations/oidc-provider/list-open-id-connect-providers.ts";
import { removeClientIdFromOpenIdConnectProvider } from "../operations/oidc-provider/remove-client-id-from-open-id-connect-provider.ts";
import { tagOpenIdConnectProvider } from "../operations/oidc-provider/tag-open-id-connect-provider.ts";
import { untagOpenIdConnectProvider } from "../operations/oidc-provider/untag-open-id-connect-provider.ts";
import { updateOpenIdConnectProviderThumbprint } from "../operations/oidc-provider/update-open-id-connect-provider-thumbprint.ts";

export const oidcProviderOperations = {
  AddClientIDToOpenIDConnectProvider: addClientIdToOpenIdConnectProvider,
  CreateOpenIDConnectProvider: createOpenIdConnectProvider,
  DeleteOpenIDConnectProvider: deleteOpenIdConnectProvider,
  GetOpenIDConnectProvider: getOpenIdConnectProvider,
  ListOpenIDConnectProviderTags: listOpenIdConnectProviderTags,
  ListOpenIDConnectProviders: listOpenIdConnectProviders,
  RemoveClientIDFromOpenIDConnectProvider: removeClientIdFromOpenIdConnectProvider,
  TagOpenIDConnectProvider: tagOpenIdConnectProvider,
  UntagOpenIDConnectProvider: untagOpenIdConnectProvider,
  UpdateOpenIDConnectProviderThumbprint: updateOpenIdConnectProviderThumbprint,
};
