// What happens to recursive loops. https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionRecursionConfig.html

import type {
  GetFunctionRecursionConfigRequest,
  GetFunctionRecursionConfigResponse,
} from "../../../../models/lambda.d.ts";
import { findUnqualified } from "../../rules/find.ts";
import { operation } from "../../store.ts";

export const getFunctionRecursionConfig = operation<
  GetFunctionRecursionConfigRequest,
  GetFunctionRecursionConfigResponse
>((input, context) => ({ RecursiveLoop: findUnqualified(context, input.FunctionName).row.recursiveLoop }));
