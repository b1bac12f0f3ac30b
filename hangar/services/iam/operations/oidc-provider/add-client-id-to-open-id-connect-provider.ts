// Adds a client id to an OpenID Connect provider. https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html

import type { AddClientIDToOpenIDConnectProviderInput } from "../../../../models/iam.d.ts";
import { providerAt, putProvider } from "../../rules/oidc-providers.ts";
import { operation } from "../../store.ts";

export const addClientIdToOpenIdConnectProvider = operation<AddClientIDToOpenIDConnectProviderInput, void>(
  (input, context) => {
    const provider = providerAt(context, input.OpenIDConnectProviderArn);
    putProvider(context, { ...provider, ClientIDList: [...new Set([...provider.ClientIDList, input.ClientID])] });
  },
);
