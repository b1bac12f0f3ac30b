// Ends provisioned concurrency. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteProvisionedConcurrencyConfig.html

import type { DeleteProvisionedConcurrencyConfigRequest } from "../../../../models/lambda.d.ts";
import { endProvisioning } from "../../engine/provision.ts";
import { resolveReference } from "../../rules/function-name.ts";
import { operation } from "../../store.ts";

export const deleteProvisionedConcurrencyConfig = operation<
  DeleteProvisionedConcurrencyConfigRequest,
  Record<string, never>
>((input, context) => {
  const { name } = resolveReference(input.FunctionName, input.Qualifier, context);
  if (context.store.provisioned.delete(`${name}:${input.Qualifier}`) !== undefined) endProvisioning(context, name);
  return {};
});
