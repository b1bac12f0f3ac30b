// API Gateway V2's operations on api mappings, by API name.

import { createApiMapping } from "../operations/api-mapping/create-api-mapping.ts";
import { deleteApiMapping } from "../operations/api-mapping/delete-api-mapping.ts";
import { getApiMapping } from "../operations/api-mapping/get-api-mapping.ts";
import { getApiMappings } from "../operations/api-mapping/get-api-mappings.ts";
import { updateApiMapping } from "../operations/api-mapping/update-api-mapping.ts";

export const apiMappingOperations = {
  CreateApiMapping: createApiMapping,
  DeleteApiMapping: deleteApiMapping,
  GetApiMapping: getApiMapping,
  GetApiMappings: getApiMappings,
  UpdateApiMapping: updateApiMapping,
};
