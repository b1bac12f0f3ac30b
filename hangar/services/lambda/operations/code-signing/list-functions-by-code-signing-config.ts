// Functions whose code has to be signed as a configuration says. https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionsByCodeSigningConfig.html

import type {
  ListFunctionsByCodeSigningConfigRequest,
  ListFunctionsByCodeSigningConfigResponse,
} from "../../../../models/lambda.d.ts";
import { findCodeSigning, functionsSignedBy } from "../../rules/code-signing.ts";
import { functionArn } from "../../rules/function-name.ts";
import { marker, pageOf } from "../../rules/paging.ts";
import { operation } from "../../store.ts";

export const listFunctionsByCodeSigningConfig = operation<
  ListFunctionsByCodeSigningConfigRequest,
  ListFunctionsByCodeSigningConfigResponse
>((input, context) => {
  findCodeSigning(context, input.CodeSigningConfigArn);
  const all = functionsSignedBy(context, input.CodeSigningConfigArn);
  const { items, next } = pageOf(all, (row) => row.name, input);
  return { ...marker(next), FunctionArns: items.map((row) => functionArn(context, row.name)) };
});
