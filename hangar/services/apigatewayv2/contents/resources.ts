// The CloudFormation types of API Gateway V2.

import { apiMapping } from "../resources/api-mapping.ts";
import { api } from "../resources/api.ts";
import { authorizer } from "../resources/authorizer.ts";
import { deployment } from "../resources/deployment.ts";
import { domainName } from "../resources/domain-name.ts";
import { integrationResponse } from "../resources/integration-response.ts";
import { integration } from "../resources/integration.ts";
import { model } from "../resources/model.ts";
import { routeResponse } from "../resources/route-response.ts";
import { route } from "../resources/route.ts";
import { stage } from "../resources/stage.ts";

export const resources = [
  api,
  apiMapping,
  authorizer,
  deployment,
  domainName,
  integration,
  integrationResponse,
  model,
  route,
  routeResponse,
  stage,
];
