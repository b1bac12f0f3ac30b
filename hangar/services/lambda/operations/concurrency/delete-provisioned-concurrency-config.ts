// Ends provisioned concurrency. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteProvisionedConcurrencyConfig.html

import type { DeleteProvisionedConcurrencyConfigRequest } from "../../../../models/lambda.d.ts";
import { endProvisioning } from "../../engine/provision.ts";
import { provisionable } from "../../rules/provisioned-answer.ts";
import { operation } from "../../store.ts";

export const deleteProvisionedConcurrencyConfig = operation<
  DeleteProvisionedConcurrencyConfigRequest,
  Record<string, never>
>((input, context) => {
  const name = provisionable(context, input);
  if (context.store.provisioned.delete(`${name}:${input.Qualifier}`) !== undefined) endProvisioning(context, name);
  return {};
});
