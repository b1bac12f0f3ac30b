// API Gateway V2's operations on apis, by API name.

import { createApi } from "../operations/api/create-api.ts";
import { deleteApi } from "../operations/api/delete-api.ts";
import { deleteCorsConfiguration } from "../operations/api/delete-cors-configuration.ts";
import { getApi } from "../operations/api/get-api.ts";
import { getApis } from "../operations/api/get-apis.ts";
import { updateApi } from "../operations/api/update-api.ts";

export const apiOperations = {
  CreateApi: createApi,
  DeleteApi: deleteApi,
  DeleteCorsConfiguration: deleteCorsConfiguration,
  GetApi: getApi,
  GetApis: getApis,
  UpdateApi: updateApi,
};
