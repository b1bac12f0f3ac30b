// API Gateway V2's operations on integrations, by API name.

import { createIntegration } from "../operations/integration/create-integration.ts";
import { deleteIntegration } from "../operations/integration/delete-integration.ts";
import { getIntegration } from "../operations/integration/get-integration.ts";
import { getIntegrations } from "../operations/integration/get-integrations.ts";
import { updateIntegration } from "../operations/integration/update-integration.ts";

export const integrationOperations = {
  CreateIntegration: createIntegration,
  DeleteIntegration: deleteIntegration,
  GetIntegration: getIntegration,
  GetIntegrations: getIntegrations,
  UpdateIntegration: updateIntegration,
};
