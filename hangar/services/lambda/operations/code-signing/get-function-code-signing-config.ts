// The code signing configuration of a function; nothing when it has none, as recorded. https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionCodeSigningConfig.html

import type {
  GetFunctionCodeSigningConfigRequest,
  GetFunctionCodeSigningConfigResponse,
} from "../../../../models/lambda.d.ts";
import { findUnqualified } from "../../rules/find.ts";
import { operation } from "../../store.ts";

export const getFunctionCodeSigningConfig = operation<
  GetFunctionCodeSigningConfigRequest,
  Partial<GetFunctionCodeSigningConfigResponse>
>((input, context) => {
  const { row } = findUnqualified(context, input.FunctionName);
  return row.codeSigningConfig === undefined
    ? {}
    : { CodeSigningConfigArn: row.codeSigningConfig, FunctionName: row.name };
});
