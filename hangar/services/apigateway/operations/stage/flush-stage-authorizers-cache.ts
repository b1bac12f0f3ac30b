// Forgets what authorizers decided for a stage. https://docs.aws.amazon.com/apigateway/latest/api/API_FlushStageAuthorizersCache.html

import type {
  FlushStageAuthorizersCacheInput,
  FlushStageAuthorizersCacheOutput,
} from "../../../../models/apigateway.d.ts";
import { authorizerCache } from "../../rules/memory.ts";
import { operation, stageOf } from "../../store.ts";

export const flushStageAuthorizersCache = operation<FlushStageAuthorizersCacheInput, FlushStageAuthorizersCacheOutput>(
  (input, context) => {
    stageOf(context, input.restApiId, input.stageName);
    const cache = authorizerCache(context.world);
    for (const place of Array.from(cache.keys()))
      if (place.startsWith(`${input.restApiId}/${input.stageName}/`)) cache.delete(place);
    return {};
  },
);
