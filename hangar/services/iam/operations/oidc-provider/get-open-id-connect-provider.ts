// Describes an OpenID Connect provider. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html

import type { GetOpenIDConnectProviderInput, GetOpenIDConnectProviderOutput } from "../../../../models/iam.d.ts";
import { providerAt } from "../../rules/oidc-providers.ts";
import { operation } from "../../store.ts";

export const getOpenIdConnectProvider = operation<GetOpenIDConnectProviderInput, GetOpenIDConnectProviderOutput>(
  (input, context) => {
    const provider = providerAt(context, input.OpenIDConnectProviderArn);
    const { Url, ClientIDList, ThumbprintList, created, tags } = provider;
    return { Url, ClientIDList, ThumbprintList, CreateDate: new Date(created), Tags: tags };
  },
);
