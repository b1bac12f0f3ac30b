// Replaces the thumbprints of an OpenID Connect provider. https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateOpenIDConnectProviderThumbprint.html

import type { UpdateOpenIDConnectProviderThumbprintInput } from "../../../../models/iam.d.ts";
import { providerAt, putProvider } from "../../rules/oidc-providers.ts";
import { operation } from "../../store.ts";

export const updateOpenIdConnectProviderThumbprint = operation<UpdateOpenIDConnectProviderThumbprintInput, void>(
  (input, context) => {
    const provider = providerAt(context, input.OpenIDConnectProviderArn);
    putProvider(context, { ...provider, ThumbprintList: input.ThumbprintList });
  },
);
