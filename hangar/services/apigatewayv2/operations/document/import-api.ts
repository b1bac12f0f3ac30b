// Makes an HTTP API from an OpenAPI document.

import type { ImportApiInput, ImportApiOutput } from "../../../../models/apigatewayv2.d.ts";
import { apiAnswer } from "../../rules/answers.ts";
import { newApi } from "../../rules/api.ts";
import { replaceApi } from "../../rules/open-api/replace-api.ts";
import { operation } from "../../store.ts";

export const importApi = operation<ImportApiInput, ImportApiOutput>((input, context) => {
  const blank = newApi({ Name: "", ProtocolType: "HTTP" }, context.ids.lower(10), context.clock.now());
  return apiAnswer(replaceApi(context, blank, input), context);
});
