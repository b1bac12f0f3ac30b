// Lists the tags of an OpenID Connect provider. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviderTags.html

import type {
  ListOpenIDConnectProviderTagsInput,
  ListOpenIDConnectProviderTagsOutput,
} from "../../../../models/iam.d.ts";
import { providerAt } from "../../rules/oidc-providers.ts";
import { pageOf } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const listOpenIdConnectProviderTags = operation<
  ListOpenIDConnectProviderTagsInput,
  ListOpenIDConnectProviderTagsOutput
>((input, context) => {
  const { items, facts } = pageOf(providerAt(context, input.OpenIDConnectProviderArn).tags, input);
  return { Tags: items, ...facts };
});
