// Makes an API key. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateApiKey.html

import type { CreateApiKeyInput, CreateApiKeyOutput } from "../../../../models/apigateway.d.ts";
import { badRequest, conflict } from "../../errors.ts";
import { apiKeyAnswer } from "../../rules/answers.ts";
import { checkKeyDescription, checkKeyName, checkKeyValue } from "../../rules/api-key.ts";
import { key, operation, type ApiKeyRow } from "../../store.ts";

export const createApiKey = operation<CreateApiKeyInput, CreateApiKeyOutput>((input, { store, ids, clock }) => {
  const { name = "", description, customerId, tags } = input;
  checkKeyName(name);
  if (description !== undefined) checkKeyDescription(description);
  const given = input.value ?? "";
  checkKeyValue(given);
  const value = given === "" ? ids.alphanumeric(40) : given;
  if (store.keyValues.has(value)) throw conflict("API Key already exists");
  const stageKeys = (input.stageKeys ?? []).map(({ restApiId = "", stageName = "" }) => {
    if (!store.stages.has(key(restApiId, stageName)))
      throw badRequest(`Invalid stage key specified: ${restApiId}/${stageName}`);
    return `${restApiId}/${stageName}`;
  });
  const row: ApiKeyRow = {
    id: ids.lower(10),
    value,
    ...(name === "" ? {} : { name }),
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
