// Puts what an OpenAPI document defines in the place of an HTTP API's contents.

import type { ReimportApiInput, ReimportApiOutput } from "../../../../models/apigatewayv2.d.ts";
import { checkIssuers } from "../../http/issuer.ts";
import { badRequest } from "../../errors.ts";
import { importAnswer } from "../../rules/answers.ts";
import { touch } from "../../rules/deploy.ts";
import { definitionOf } from "../../rules/open-api/definition.ts";
import { replaceApi } from "../../rules/open-api/replace-api.ts";
import { apiOf, operation } from "../../store.ts";

export const reimportApi = operation<ReimportApiInput, ReimportApiOutput>(async (input, context) => {
  if (apiOf(context, input.ApiId).ProtocolType !== "HTTP") throw badRequest("Only HTTP APIs can be imported");
  const definition = definitionOf(input);
  await checkIssuers(context, definition.authorizers);
  const row = replaceApi(context, apiOf(context, input.ApiId), definition);
  touch(context, row.ApiId);
  return importAnswer(row, definition.warnings, context);
});
