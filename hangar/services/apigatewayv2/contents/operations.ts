// Every operation of API Gateway V2 by its API name.

import { apiOperations } from "./api.ts";
import { apiMappingOperations } from "./api-mapping.ts";
import { authorizerOperations } from "./authorizer.ts";
import { deploymentOperations } from "./deployment.ts";
import { documentOperations } from "./document.ts";
import { domainNameOperations } from "./domain-name.ts";
import { integrationOperations } from "./integration.ts";
import { integrationResponseOperations } from "./integration-response.ts";
import { modelOperations } from "./model.ts";
import { routeOperations } from "./route.ts";
import { routeResponseOperations } from "./route-response.ts";
import { stageOperations } from "./stage.ts";
import { tagOperations } from "./tag.ts";

export const operations = {
  ...apiOperations,
  ...apiMappingOperations,
  ...authorizerOperations,
  ...deploymentOperations,
  ...documentOperations,
  ...domainNameOperations,
  ...integrationOperations,
  ...integrationResponseOperations,
  ...modelOperations,
  ...routeOperations,
  ...routeResponseOperations,
  ...stageOperations,
  ...tagOperations,
};
