// Lists the OpenID Connect providers. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html

import type { ListOpenIDConnectProvidersInput, ListOpenIDConnectProvidersOutput } from "../../../../models/iam.d.ts";
import { accountStore, operation } from "../../store.ts";

export const listOpenIdConnectProviders = operation<ListOpenIDConnectProvidersInput, ListOpenIDConnectProvidersOutput>(
  (_input, context) => {
    return { OpenIDConnectProviderList: [...accountStore(context).oidcProviders.keys()].map((Arn) => ({ Arn })) };
  },
);
