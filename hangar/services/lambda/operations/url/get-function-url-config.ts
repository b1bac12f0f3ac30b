// A function's URL. https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionUrlConfig.html

import type { GetFunctionUrlConfigRequest, GetFunctionUrlConfigResponse } from "../../../../models/lambda.d.ts";
import { presentUrl, urlAnswer } from "../../rules/url-answer.ts";
import { checkUrlQualifier } from "../../rules/url-qualifier.ts";
import { operation } from "../../store.ts";

export const getFunctionUrlConfig = operation<GetFunctionUrlConfigRequest, GetFunctionUrlConfigResponse>(
  (input, context) => {
    checkUrlQualifier(input.Qualifier);
    return urlAnswer(presentUrl(context, input), context);
  },
);
