// API Gateway's operations on methods, by API name.

import { deleteMethodResponse } from "../operations/method/delete-method-response.ts";
import { deleteMethod } from "../operations/method/delete-method.ts";
import { getMethodResponse } from "../operations/method/get-method-response.ts";
import { getMethod } from "../operations/method/get-method.ts";
import { putMethodResponse } from "../operations/method/put-method-response.ts";
import { putMethod } from "../operations/method/put-method.ts";
import { testInvokeMethod } from "../operations/method/test-invoke-method.ts";
import { updateMethodResponse } from "../operations/method/update-method-response.ts";
import { updateMethod } from "../operations/method/update-method.ts";

export const methodOperations = {
  DeleteMethodResponse: deleteMethodResponse,
  DeleteMethod: deleteMethod,
  GetMethodResponse: getMethodResponse,
  GetMethod: getMethod,
  PutMethodResponse: putMethodResponse,
  PutMethod: putMethod,
  TestInvokeMethod: testInvokeMethod,
  UpdateMethodResponse: updateMethodResponse,
  UpdateMethod: updateMethod,
};
