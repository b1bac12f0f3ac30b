// Says what happens to recursive loops. https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionRecursionConfig.html

import type {
  PutFunctionRecursionConfigRequest,
  PutFunctionRecursionConfigResponse,
} from "../../../../models/lambda.d.ts";
import { findUnqualified } from "../../rules/find.ts";
import { operation } from "../../store.ts";

export const putFunctionRecursionConfig = operation<
  PutFunctionRecursionConfigRequest,
  PutFunctionRecursionConfigResponse
>((input, context) => {
  const { row } = findUnqualified(context, input.FunctionName);
  context.store.functions.put(row.name, { ...row, recursiveLoop: input.RecursiveLoop });
  return { RecursiveLoop: input.RecursiveLoop };
});
