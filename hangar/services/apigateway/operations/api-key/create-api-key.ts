// Makes an API key. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateApiKey.html

import type { CreateApiKeyInput, CreateApiKeyOutput } from "../../../../models/apigateway.d.ts";
import { badRequest, conflict } from "../../errors.ts";
import { apiKeyAnswer } from "../../rules/answers.ts";
import { key, operation, type ApiKeyRow } from "../../store.ts";

export const createApiKey = operation<CreateApiKeyInput, CreateApiKeyOutput>((input, { store, ids, clock }) => {
  const { name, description, customerId, tags } = input;
  if (description === "") throw badRequest("Invalid API Key description specified.");
  if (input.value !== undefined && input.value.length < 20)
    throw badRequest("API Key value should be at least 20 characters");
  const value = input.value ?? ids.alphanumeric(40);
  if (store.keyValues.has(value)) throw conflict("API Key already exists");
  const stageKeys = (input.stageKeys ?? []).map(({ restApiId = "", stageName = "" }) => {
    if (!store.stages.has(key(restApiId, stageName)))
      throw badRequest(`Invalid stage key specified: ${restApiId}/${stageName}`);
    return `${restApiId}/${stageName}`;
  });
  const row: ApiKeyRow = {
    id: ids.lower(10),
    value,
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(customerId === undefined ? {} : { customerId }),
    ...(tags === undefined ? {} : { tags }),
    enabled: input.enabled ?? false,
    createdDate: clock.now(),
    lastUpdatedDate: clock.now(),
    stageKeys,
  };
  store.apiKeys.put(row.id, row);
  store.keyValues.put(value, row.id);
  return apiKeyAnswer(row, true);
});
