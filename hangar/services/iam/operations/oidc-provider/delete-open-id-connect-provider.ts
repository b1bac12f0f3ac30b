// Removes an OpenID Connect provider. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteOpenIDConnectProvider.html

import type { DeleteOpenIDConnectProviderInput } from "../../../../models/iam.d.ts";
import { accountStore, operation } from "../../store.ts";

export const deleteOpenIdConnectProvider = operation<DeleteOpenIDConnectProviderInput, void>((input, context) => {
  accountStore(context).oidcProviders.delete(input.OpenIDConnectProviderArn);
});
