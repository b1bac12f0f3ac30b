// Provisioned concurrency of a version or alias. https://docs.aws.amazon.com/lambda/latest/api/API_GetProvisionedConcurrencyConfig.html

import type {
  GetProvisionedConcurrencyConfigRequest,
  GetProvisionedConcurrencyConfigResponse,
} from "../../../../models/lambda.d.ts";
import { aliasNotFound, functionNotFound, invalidParameter, provisionedNotFound } from "../../errors.ts";
import { versionAt } from "../../rules/find.ts";
import { functionArn, isAliasName, resolveReference } from "../../rules/function-name.ts";
import { provisionedAnswer } from "../../rules/provisioned-answer.ts";
import { operation } from "../../store.ts";

export const getProvisionedConcurrencyConfig = operation<
  GetProvisionedConcurrencyConfigRequest,
  GetProvisionedConcurrencyConfigResponse
>((input, context) => {
  const { name } = resolveReference(input.FunctionName, input.Qualifier, context);
  if (input.Qualifier === "$LATEST")
    throw invalidParameter("The function resource provided must be an alias or a published version.");
  if (versionAt(context.store, name, input.Qualifier) === undefined) {
    const arn = functionArn(context, name, input.Qualifier);
    throw isAliasName(input.Qualifier) ? aliasNotFound(arn) : functionNotFound(arn);
  }
  const row = context.store.provisioned.get(`${name}:${input.Qualifier}`);
  if (row === undefined) throw provisionedNotFound();
  return provisionedAnswer(row);
});
