// Takes a function's URL away. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionUrlConfig.html

import type { DeleteFunctionUrlConfigRequest } from "../../../../models/lambda.d.ts";
import { presentUrl, urlKey } from "../../rules/url-answer.ts";
import { checkUrlQualifier } from "../../rules/url-qualifier.ts";
import { operation } from "../../store.ts";

export const deleteFunctionUrlConfig = operation<DeleteFunctionUrlConfigRequest, Record<string, never>>(
  (input, context) => {
    checkUrlQualifier(input.Qualifier);
    const row = presentUrl(context, input);
    context.store.urls.delete(urlKey(row.functionName, row.qualifier));
    context.store.urlKeys.delete(row.id);
    return {};
  },
);
