// Changes an API key. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateApiKey.html

import type { UpdateApiKeyInput, UpdateApiKeyOutput } from "../../../../models/apigateway.d.ts";
import { apiKeyAnswer } from "../../rules/answers.ts";
import { apiKeyPatches } from "../../rules/api-key.ts";
import { applyPatch, listingWords } from "../../rules/patch.ts";
import { apiKeyOf, operation } from "../../store.ts";

export const updateApiKey = operation<UpdateApiKeyInput, UpdateApiKeyOutput>((input, context) => {
  const patched = applyPatch(apiKeyOf(context, input.apiKey), input.patchOperations, apiKeyPatches, listingWords);
  const row = { ...patched, lastUpdatedDate: context.clock.now() };
  context.store.apiKeys.put(row.id, row);
  return { ...apiKeyAnswer(row, false), tags: row.tags ?? {} };
});
