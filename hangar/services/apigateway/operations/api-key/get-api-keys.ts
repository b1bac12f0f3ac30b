// Lists API keys. https://docs.aws.amazon.com/apigateway/latest/api/API_GetApiKeys.html

import type { GetApiKeysInput, GetApiKeysOutput } from "../../../../models/apigateway.d.ts";
import { apiKeyAnswer } from "../../rules/answers.ts";
import { page } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const getApiKeys = operation<GetApiKeysInput, GetApiKeysOutput>((input, { store }) => {
  const { nameQuery, customerId, includeValues = false } = input;
  const wanted = [...store.apiKeys.rows()].filter(
    (row) =>
      (nameQuery === undefined || (row.name ?? "").startsWith(nameQuery)) &&
      (customerId === undefined || row.customerId === customerId),
  );
  // The newest first.
  const rows = wanted.toSorted((a, b) => b.createdDate - a.createdDate);
  return page(
    rows.map((row) => [row.id, apiKeyAnswer(row, includeValues)] as const),
    input,
  );
});
