// Tells of an API.

import type { GetApiInput, GetApiOutput } from "../../../../models/apigatewayv2.d.ts";
import { apiAnswer } from "../../rules/answers.ts";
import { apiOf, operation } from "../../store.ts";

export const getApi = operation<GetApiInput, GetApiOutput>((input, context) =>
  apiAnswer(apiOf(context, input.ApiId), context),
);
