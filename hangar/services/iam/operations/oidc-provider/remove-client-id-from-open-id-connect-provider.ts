// Removes a client id from an OpenID Connect provider. https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveClientIDFromOpenIDConnectProvider.html

import type { RemoveClientIDFromOpenIDConnectProviderInput } from "../../../../models/iam.d.ts";
import { providerAt, putProvider } from "../../rules/oidc-providers.ts";
import { operation } from "../../store.ts";

export const removeClientIdFromOpenIdConnectProvider = operation<RemoveClientIDFromOpenIDConnectProviderInput, void>(
  (input, context) => {
    const provider = providerAt(context, input.OpenIDConnectProviderArn);
    putProvider(context, { ...provider, ClientIDList: provider.ClientIDList.filter((id) => id !== input.ClientID) });
  },
);
