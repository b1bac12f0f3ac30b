// Deletes an alias; one that is gone is no error. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteAlias.html

import type { DeleteAliasRequest } from "../../../../models/lambda.d.ts";
import { endProvisioning } from "../../engine/provision.ts";
import { functionArn, resolveReference } from "../../rules/function-name.ts";
import { urlKey } from "../../rules/url-answer.ts";
import { operation } from "../../store.ts";

export const deleteAlias = operation<DeleteAliasRequest, Record<string, never>>((input, context) => {
  const { name } = resolveReference(input.FunctionName, undefined, context);
  context.store.aliases.delete(`${name}:${input.Name}`);
  context.store.policies.delete(functionArn(context, name, input.Name));
  context.store.invokeConfigs.delete(`${name}:${input.Name}`);
  const url = context.store.urls.delete(urlKey(name, input.Name));
  if (url !== undefined) context.store.urlKeys.delete(url.id);
  if (context.store.provisioned.delete(`${name}:${input.Name}`) !== undefined) endProvisioning(context, name);
  return {};
});
