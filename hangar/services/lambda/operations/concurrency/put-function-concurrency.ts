// Reserves concurrency for a function, and caps it. https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html

import type { Concurrency, PutFunctionConcurrencyRequest } from "../../../../models/lambda.d.ts";
import { concurrencyRefused, functionNotFound, invalidParameter } from "../../errors.ts";
import { functionArn } from "../../rules/function-name.ts";
import { parseFunctionName } from "../../rules/function-name.ts";
import { operation } from "../../store.ts";

const ACCOUNT_LIMIT = 1000;
const MINIMUM_UNRESERVED = 100;

export const putFunctionConcurrency = operation<PutFunctionConcurrencyRequest, Concurrency>((input, context) => {
  const { name, qualifier } = parseFunctionName(input.FunctionName);
  if (qualifier !== undefined)
    throw invalidParameter(
      "This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.",
    );
  const row = context.store.functions.get(name);
  if (row === undefined) throw functionNotFound(functionArn(context, name, "$LATEST"));
  let others = 0;
  for (const each of context.store.functions.rows()) if (each.name !== name) others += each.reservedConcurrency ?? 0;
  const wanted = input.ReservedConcurrentExecutions;
  if (wanted > 0 && ACCOUNT_LIMIT - others - wanted < MINIMUM_UNRESERVED) {
    throw concurrencyRefused(
      `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${MINIMUM_UNRESERVED}].`,
    );
  }
  let provisioned = 0;
  for (const each of context.store.provisioned.rows({ prefix: `${name}:` })) provisioned += each.requested;
  if (wanted < provisioned)
    throw concurrencyRefused(
      ` ReservedConcurrentExecutions  ${wanted} should not be lower than function's total provisioned concurrency [${provisioned}].`,
    );
  context.store.functions.put(name, { ...row, reservedConcurrency: wanted });
  return { ReservedConcurrentExecutions: wanted };
});
