// API Gateway V2's operations on authorizers, by API name.

import { createAuthorizer } from "../operations/authorizer/create-authorizer.ts";
import { deleteAuthorizer } from "../operations/authorizer/delete-authorizer.ts";
import { getAuthorizer } from "../operations/authorizer/get-authorizer.ts";
import { getAuthorizers } from "../operations/authorizer/get-authorizers.ts";
import { updateAuthorizer } from "../operations/authorizer/update-authorizer.ts";

export const authorizerOperations = {
  CreateAuthorizer: createAuthorizer,
  DeleteAuthorizer: deleteAuthorizer,
  GetAuthorizer: getAuthorizer,
  GetAuthorizers: getAuthorizers,
  UpdateAuthorizer: updateAuthorizer,
};
