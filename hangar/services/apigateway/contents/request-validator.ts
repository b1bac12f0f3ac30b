// API Gateway's operations on request validators, by API name.

import { createRequestValidator } from "../operations/request-validator/create-request-validator.ts";
import { deleteRequestValidator } from "../operations/request-validator/delete-request-validator.ts";
import { getRequestValidator } from "../operations/request-validator/get-request-validator.ts";
import { getRequestValidators } from "../operations/request-validator/get-request-validators.ts";
import { updateRequestValidator } from "../operations/request-validator/update-request-validator.ts";

export const requestValidatorOperations = {
  CreateRequestValidator: createRequestValidator,
  DeleteRequestValidator: deleteRequestValidator,
  GetRequestValidator: getRequestValidator,
  GetRequestValidators: getRequestValidators,
  UpdateRequestValidator: updateRequestValidator,
};
