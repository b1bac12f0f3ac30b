// A function's reserved concurrency. https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html

import type { GetFunctionConcurrencyRequest, GetFunctionConcurrencyResponse } from "../../../../models/lambda.d.ts";
import { findUnqualified } from "../../rules/find.ts";
import { operation } from "../../store.ts";

export const getFunctionConcurrency = operation<GetFunctionConcurrencyRequest, GetFunctionConcurrencyResponse>(
  (input, context) => {
    const { reservedConcurrency } = findUnqualified(context, input.FunctionName).row;
    return reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency };
  },
);
