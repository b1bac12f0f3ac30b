// Takes the code signing configuration from a function, if it has one. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionCodeSigningConfig.html

import type {
  DeleteFunctionCodeSigningConfigOutput,
  DeleteFunctionCodeSigningConfigRequest,
} from "../../../../models/lambda.d.ts";
import { findUnqualified } from "../../rules/find.ts";
import { operation } from "../../store.ts";

export const deleteFunctionCodeSigningConfig = operation<
  DeleteFunctionCodeSigningConfigRequest,
  DeleteFunctionCodeSigningConfigOutput
>((input, context) => {
  const { row } = findUnqualified(context, input.FunctionName);
  context.store.functions.put(row.name, { ...row, codeSigningConfig: undefined });
  return {};
});
