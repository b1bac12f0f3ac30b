// Provisioned concurrency of a version or alias. https://docs.aws.amazon.com/lambda/latest/api/API_GetProvisionedConcurrencyConfig.html

import type {
  GetProvisionedConcurrencyConfigRequest,
  GetProvisionedConcurrencyConfigResponse,
} from "../../../../models/lambda.d.ts";
import { provisionedNotFound } from "../../errors.ts";
import { provisionable, provisionedAnswer } from "../../rules/provisioned-answer.ts";
import { operation } from "../../store.ts";

export const getProvisionedConcurrencyConfig = operation<
  GetProvisionedConcurrencyConfigRequest,
  GetProvisionedConcurrencyConfigResponse
>((input, context) => {
  const row = context.store.provisioned.get(`${provisionable(context, input)}:${input.Qualifier}`);
  if (row === undefined) throw provisionedNotFound();
  return provisionedAnswer(row);
});
