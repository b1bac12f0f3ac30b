// Gives a function a code signing configuration: what it has stays, what comes is checked. https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionCodeSigningConfig.html

import type {
  PutFunctionCodeSigningConfigRequest,
  PutFunctionCodeSigningConfigResponse,
} from "../../../../models/lambda.d.ts";
import { checkCodeSigningArn } from "../../rules/code-signing.ts";
import { findUnqualified } from "../../rules/find.ts";
import { operation } from "../../store.ts";

export const putFunctionCodeSigningConfig = operation<
  PutFunctionCodeSigningConfigRequest,
  PutFunctionCodeSigningConfigResponse
>((input, context) => {
  const { CodeSigningConfigArn } = input;
  checkCodeSigningArn(context, CodeSigningConfigArn);
  const { row } = findUnqualified(context, input.FunctionName);
  context.store.functions.put(row.name, { ...row, codeSigningConfig: CodeSigningConfigArn });
  return { CodeSigningConfigArn, FunctionName: row.name };
});
