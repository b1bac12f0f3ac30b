// API Gateway's operations on integrations, by API name.

import { deleteIntegrationResponse } from "../operations/integration/delete-integration-response.ts";
import { deleteIntegration } from "../operations/integration/delete-integration.ts";
import { getIntegrationResponse } from "../operations/integration/get-integration-response.ts";
import { getIntegration } from "../operations/integration/get-integration.ts";
import { putIntegrationResponse } from "../operations/integration/put-integration-response.ts";
import { putIntegration } from "../operations/integration/put-integration.ts";
import { updateIntegrationResponse } from "../operations/integration/update-integration-response.ts";
import { updateIntegration } from "../operations/integration/update-integration.ts";

export const integrationOperations = {
  DeleteIntegrationResponse: deleteIntegrationResponse,
  DeleteIntegration: deleteIntegration,
  GetIntegrationResponse: getIntegrationResponse,
  GetIntegration: getIntegration,
  PutIntegrationResponse: putIntegrationResponse,
  PutIntegration: putIntegration,
  UpdateIntegrationResponse: updateIntegrationResponse,
  UpdateIntegration: updateIntegration,
};
