// Removes tags from an OpenID Connect provider. https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagOpenIDConnectProvider.html

import type { UntagOpenIDConnectProviderInput } from "../../../../models/iam.d.ts";
import { providerAt, putProvider } from "../../rules/oidc-providers.ts";
import { withoutTags } from "../../rules/tags.ts";
import { operation } from "../../store.ts";

export const untagOpenIdConnectProvider = operation<UntagOpenIDConnectProviderInput, void>((input, context) => {
  const provider = providerAt(context, input.OpenIDConnectProviderArn);
  putProvider(context, { ...provider, tags: withoutTags(provider.tags, input.TagKeys) });
});
