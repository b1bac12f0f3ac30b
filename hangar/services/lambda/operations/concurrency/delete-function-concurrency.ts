// Gives reserved concurrency back. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionConcurrency.html

import type { DeleteFunctionConcurrencyRequest } from "../../../../models/lambda.d.ts";
import { findUnqualified } from "../../rules/find.ts";
import { operation } from "../../store.ts";

export const deleteFunctionConcurrency = operation<DeleteFunctionConcurrencyRequest, Record<string, never>>(
  (input, context) => {
    const { row } = findUnqualified(context, input.FunctionName);
    context.store.functions.put(row.name, { ...row, reservedConcurrency: undefined });
    return {};
  },
);
