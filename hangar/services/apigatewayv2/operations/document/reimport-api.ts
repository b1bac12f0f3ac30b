// Puts what an OpenAPI document defines in the place of an HTTP API's contents.

import type { ReimportApiInput, ReimportApiOutput } from "../../../../models/apigatewayv2.d.ts";
import { badRequest } from "../../errors.ts";
import { apiAnswer } from "../../rules/answers.ts";
import { touch } from "../../rules/deploy.ts";
import { replaceApi } from "../../rules/open-api/replace-api.ts";
import { apiOf, operation } from "../../store.ts";

export const reimportApi = operation<ReimportApiInput, ReimportApiOutput>((input, context) => {
  const before = apiOf(context, input.ApiId);
  if (before.ProtocolType !== "HTTP") throw badRequest("Only HTTP APIs can be imported");
  const row = replaceApi(context, before, input);
  touch(context, row.ApiId);
  return apiAnswer(row, context);
});
