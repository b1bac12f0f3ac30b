// Removes an API key, also from usage plans. https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteApiKey.html

import type { DeleteApiKeyInput, DeleteApiKeyOutput } from "../../../../models/apigateway.d.ts";
import { apiKeyOf, operation } from "../../store.ts";

export const deleteApiKey = operation<DeleteApiKeyInput, DeleteApiKeyOutput>((input, context) => {
  const { store } = context;
  const { id, value } = apiKeyOf(context, input.apiKey);
  for (const [place, row] of Array.from(store.planKeys.range())) if (row.keyId === id) store.planKeys.delete(place);
  store.keyValues.delete(value);
  store.apiKeys.delete(id);
  return {};
});
