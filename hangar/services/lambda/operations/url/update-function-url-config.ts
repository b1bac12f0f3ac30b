// Changes a function's URL settings. https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionUrlConfig.html

import type { UpdateFunctionUrlConfigRequest, UpdateFunctionUrlConfigResponse } from "../../../../models/lambda.d.ts";
import { changedUrlAnswer, presentUrl, urlHolder, urlKey } from "../../rules/url-answer.ts";
import { checkUrlQualifier } from "../../rules/url-qualifier.ts";
import { operation, type UrlRow } from "../../store.ts";

export const updateFunctionUrlConfig = operation<UpdateFunctionUrlConfigRequest, UpdateFunctionUrlConfigResponse>(
  (input, context) => {
    checkUrlQualifier(input.Qualifier);
    urlHolder(context, input);
    const present = presentUrl(context, input);
    const row: UrlRow = {
      ...present,
      authType: input.AuthType ?? present.authType,
      cors: input.Cors ?? present.cors,
      invokeMode: input.InvokeMode ?? present.invokeMode,
      modifiedAt: context.clock.now(),
    };
    context.store.urls.put(urlKey(row.functionName, row.qualifier), row);
    return changedUrlAnswer(row, context, input);
  },
);
