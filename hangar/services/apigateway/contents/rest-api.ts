// API Gateway's operations on rest apis, by API name.

import { createRestApi } from "../operations/rest-api/create-rest-api.ts";
import { deleteRestApi } from "../operations/rest-api/delete-rest-api.ts";
import { getRestApi } from "../operations/rest-api/get-rest-api.ts";
import { getRestApis } from "../operations/rest-api/get-rest-apis.ts";
import { importRestApi } from "../operations/rest-api/import-rest-api.ts";
import { putRestApi } from "../operations/rest-api/put-rest-api.ts";
import { updateRestApi } from "../operations/rest-api/update-rest-api.ts";

export const restApiOperations = {
  CreateRestApi: createRestApi,
  DeleteRestApi: deleteRestApi,
  GetRestApi: getRestApi,
  GetRestApis: getRestApis,
  ImportRestApi: importRestApi,
  PutRestApi: putRestApi,
  UpdateRestApi: updateRestApi,
};
