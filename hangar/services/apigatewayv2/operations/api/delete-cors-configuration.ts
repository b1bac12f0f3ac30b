// Takes the CORS configuration off an API.

import type { DeleteCorsConfigurationInput } from "../../../../models/apigatewayv2.d.ts";
import { touch } from "../../rules/deploy.ts";
import { apiOf, operation } from "../../store.ts";

export const deleteCorsConfiguration = operation<DeleteCorsConfigurationInput, Record<string, never>>(
  (input, context) => {
    const { CorsConfiguration: _cors, ...row } = apiOf(context, input.ApiId);
    context.store.apis.put(row.ApiId, row);
    touch(context, row.ApiId);
    return {};
  },
);
