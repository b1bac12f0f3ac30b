// API Gateway's operations on api keys, by API name.

import { createApiKey } from "../operations/api-key/create-api-key.ts";
import { deleteApiKey } from "../operations/api-key/delete-api-key.ts";
import { getApiKey } from "../operations/api-key/get-api-key.ts";
import { getApiKeys } from "../operations/api-key/get-api-keys.ts";
import { importApiKeys } from "../operations/api-key/import-api-keys.ts";
import { updateApiKey } from "../operations/api-key/update-api-key.ts";

export const apiKeyOperations = {
  CreateApiKey: createApiKey,
  DeleteApiKey: deleteApiKey,
  GetApiKey: getApiKey,
  GetApiKeys: getApiKeys,
  ImportApiKeys: importApiKeys,
  UpdateApiKey: updateApiKey,
};
