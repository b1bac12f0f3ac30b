// Changes an API key. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateApiKey.html

import type { UpdateApiKeyInput, UpdateApiKeyOutput } from "../../../../models/apigateway.d.ts";
import { apiKeyAnswer } from "../../rules/answers.ts";
import { applyPatch, flag, listingWords, text, type PatchRules } from "../../rules/patch.ts";
import { apiKeyOf, operation, type ApiKeyRow } from "../../store.ts";

const patches: PatchRules<ApiKeyRow> = {
  "/description": text("description"),
  "/enabled": flag("enabled"),
  "/name": text("name"),
  "/customerId": text("customerId"),
};

export const updateApiKey = operation<UpdateApiKeyInput, UpdateApiKeyOutput>((input, context) => {
  const patched = applyPatch(apiKeyOf(context, input.apiKey), input.patchOperations, patches, listingWords);
  const row = { ...patched, lastUpdatedDate: context.clock.now() };
  context.store.apiKeys.put(row.id, row);
  return apiKeyAnswer(row, false);
});
