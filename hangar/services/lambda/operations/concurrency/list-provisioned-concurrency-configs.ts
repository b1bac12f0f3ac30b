// Provisioned concurrency of a function's versions and aliases. https://docs.aws.amazon.com/lambda/latest/api/API_ListProvisionedConcurrencyConfigs.html

import type {
  ListProvisionedConcurrencyConfigsRequest,
  ListProvisionedConcurrencyConfigsResponse,
} from "../../../../models/lambda.d.ts";
import { findUnqualified } from "../../rules/find.ts";
import { functionArn } from "../../rules/function-name.ts";
import { marker, pageOf } from "../../rules/paging.ts";
import { provisionedAnswer } from "../../rules/provisioned-answer.ts";
import { operation } from "../../store.ts";

export const listProvisionedConcurrencyConfigs = operation<
  ListProvisionedConcurrencyConfigsRequest,
  ListProvisionedConcurrencyConfigsResponse
>((input, context) => {
  const { row } = findUnqualified(context, input.FunctionName);
  const { items, next } = pageOf(
    [...context.store.provisioned.rows({ prefix: `${row.name}:` })],
    (each) => each.qualifier,
    input,
  );
  return {
    ...marker(next),
    ProvisionedConcurrencyConfigs: items.map((each) => ({
      FunctionArn: functionArn(context, each.functionName, each.qualifier),
      ...provisionedAnswer(each),
    })),
  };
});
