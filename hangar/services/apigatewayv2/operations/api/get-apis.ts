// Lists the HTTP and WebSocket APIs.

import type { GetApisInput, GetApisOutput } from "../../../../models/apigatewayv2.d.ts";
import { apiAnswer } from "../../rules/answers.ts";
import { page } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const getApis = operation<GetApisInput, GetApisOutput>((input, context) =>
  page(context.store.apis, {}, input, (row) => apiAnswer(row, context)),
);
