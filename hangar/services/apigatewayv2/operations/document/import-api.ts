// Makes an HTTP API from an OpenAPI document.

import type { ImportApiInput, ImportApiOutput } from "../../../../models/apigatewayv2.d.ts";
import { checkIssuers } from "../../http/issuer.ts";
import { importAnswer } from "../../rules/answers.ts";
import { newApi } from "../../rules/api.ts";
import { definitionOf } from "../../rules/open-api/definition.ts";
import { replaceApi } from "../../rules/open-api/replace-api.ts";
import { operation } from "../../store.ts";

export const importApi = operation<ImportApiInput, ImportApiOutput>(async (input, context) => {
  const blank = newApi({ Name: "", ProtocolType: "HTTP" }, context.ids.lower(10), context.clock.now());
  const definition = definitionOf(input);
  await checkIssuers(context, definition.authorizers);
  return importAnswer(replaceApi(context, blank, definition), definition.warnings, context);
});
