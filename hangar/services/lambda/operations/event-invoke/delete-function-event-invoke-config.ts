// Back to AWS's defaults for asynchronous invocation. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionEventInvokeConfig.html

import type { DeleteFunctionEventInvokeConfigRequest } from "../../../../models/lambda.d.ts";
import { presentInvokeConfig } from "../../rules/invoke-config.ts";
import { operation } from "../../store.ts";

export const deleteFunctionEventInvokeConfig = operation<DeleteFunctionEventInvokeConfigRequest, Record<string, never>>(
  (input, context) => {
    const row = presentInvokeConfig(context, input);
    context.store.invokeConfigs.delete(`${row.functionName}:${row.qualifier}`);
    return {};
  },
);
