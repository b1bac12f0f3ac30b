// Registers an OpenID Connect provider. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html

import type { CreateOpenIDConnectProviderInput, CreateOpenIDConnectProviderOutput } from "../../../../models/iam.d.ts";
import { entityAlreadyExists, validationError } from "../../errors.ts";
import { tagsAnswer } from "../../rules/answers.ts";
import { checkedTags } from "../../rules/tags.ts";
import { accountStore, operation } from "../../store.ts";

export const createOpenIdConnectProvider = operation<
  CreateOpenIDConnectProviderInput,
  CreateOpenIDConnectProviderOutput
>((input, context) => {
  if (!input.Url.startsWith("https://")) throw validationError("Invalid Open ID Connect Provider URL");
  const Url = input.Url.slice("https://".length).replace(/\/$/, "");
  const Arn = `arn:aws:iam::${context.account}:oidc-provider/${Url}`;
  const store = accountStore(context);
  if (store.oidcProviders.has(Arn)) throw entityAlreadyExists(`Provider with url ${input.Url} already exists.`);
  const tags = checkedTags(input.Tags);
  store.oidcProviders.put(Arn, {
    Arn,
    Url,
    ClientIDList: input.ClientIDList ?? [],
    ThumbprintList: input.ThumbprintList ?? [],
    created: context.clock.seconds() * 1000,
    tags,
  });
  return { OpenIDConnectProviderArn: Arn, ...tagsAnswer(tags) };
});
