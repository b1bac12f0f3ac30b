// Adds tags to an OpenID Connect provider. https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagOpenIDConnectProvider.html

import type { TagOpenIDConnectProviderInput } from "../../../../models/iam.d.ts";
import { providerAt, putProvider } from "../../rules/oidc-providers.ts";
import { mergedTags } from "../../rules/tags.ts";
import { operation } from "../../store.ts";

export const tagOpenIdConnectProvider = operation<TagOpenIDConnectProviderInput, void>((input, context) => {
  const provider = providerAt(context, input.OpenIDConnectProviderArn);
  putProvider(context, { ...provider, tags: mergedTags(provider.tags, input.Tags) });
});
