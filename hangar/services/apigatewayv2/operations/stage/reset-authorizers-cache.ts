// Forgets what a stage's authorizers decided.

import type { ResetAuthorizersCacheInput } from "../../../../models/apigatewayv2.d.ts";
import { authorizerCache } from "../../rules/memory.ts";
import { operation, stageOf } from "../../store.ts";

export const resetAuthorizersCache = operation<ResetAuthorizersCacheInput, Record<string, never>>((input, context) => {
  const { StageName } = stageOf(context, input.ApiId, input.StageName);
  const decisions = authorizerCache(context.world);
  for (const place of Array.from(decisions.keys()))
    if (place.startsWith(`${input.ApiId}/${StageName}/`)) decisions.delete(place);
  return {};
});
