// Describes an API key. https://docs.aws.amazon.com/apigateway/latest/api/API_GetApiKey.html

import type { GetApiKeyInput, GetApiKeyOutput } from "../../../../models/apigateway.d.ts";
import { apiKeyAnswer } from "../../rules/answers.ts";
import { apiKeyOf, operation } from "../../store.ts";

export const getApiKey = operation<GetApiKeyInput, GetApiKeyOutput>((input, context) => {
  const row = apiKeyOf(context, input.apiKey);
  return { ...apiKeyAnswer(row, input.includeValue ?? false), tags: row.tags ?? {} };
});
