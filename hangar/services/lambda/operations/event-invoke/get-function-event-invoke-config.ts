// The asynchronous invocation settings of a version or alias. https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionEventInvokeConfig.html

import type { FunctionEventInvokeConfig, GetFunctionEventInvokeConfigRequest } from "../../../../models/lambda.d.ts";
import { invokeConfigAnswer, presentInvokeConfig } from "../../rules/invoke-config.ts";
import { operation } from "../../store.ts";

export const getFunctionEventInvokeConfig = operation<GetFunctionEventInvokeConfigRequest, FunctionEventInvokeConfig>(
  (input, context) => invokeConfigAnswer(presentInvokeConfig(context, input), context),
);
