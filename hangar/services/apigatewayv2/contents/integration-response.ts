// API Gateway V2's operations on integration responses, by API name.

import { createIntegrationResponse } from "../operations/integration-response/create-integration-response.ts";
import { deleteIntegrationResponse } from "../operations/integration-response/delete-integration-response.ts";
import { getIntegrationResponse } from "../operations/integration-response/get-integration-response.ts";
import { getIntegrationResponses } from "../operations/integration-response/get-integration-responses.ts";
import { updateIntegrationResponse } from "../operations/integration-response/update-integration-response.ts";

export const integrationResponseOperations = {
  CreateIntegrationResponse: createIntegrationResponse,
  DeleteIntegrationResponse: deleteIntegrationResponse,
  GetIntegrationResponse: getIntegrationResponse,
  GetIntegrationResponses: getIntegrationResponses,
  UpdateIntegrationResponse: updateIntegrationResponse,
};
