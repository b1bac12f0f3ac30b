// A code signing configuration. https://docs.aws.amazon.com/lambda/latest/api/API_GetCodeSigningConfig.html

import type { GetCodeSigningConfigRequest, GetCodeSigningConfigResponse } from "../../../../models/lambda.d.ts";
import { codeSigningAnswer, findCodeSigning } from "../../rules/code-signing.ts";
import { operation } from "../../store.ts";

export const getCodeSigningConfig = operation<GetCodeSigningConfigRequest, GetCodeSigningConfigResponse>(
  (input, context) => ({
    CodeSigningConfig: codeSigningAnswer(findCodeSigning(context, input.CodeSigningConfigArn), context),
  }),
);
