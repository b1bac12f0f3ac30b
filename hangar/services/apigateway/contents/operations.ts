// Every operation of API Gateway by its API name.

import { accountOperations } from "./account.ts";
import { apiKeyOperations } from "./api-key.ts";
import { authorizerOperations } from "./authorizer.ts";
import { clientCertificateOperations } from "./client-certificate.ts";
import { deploymentOperations } from "./deployment.ts";
import { documentationOperations } from "./documentation.ts";
import { domainNameOperations } from "./domain-name.ts";
import { gatewayResponseOperations } from "./gateway-response.ts";
import { integrationOperations } from "./integration.ts";
import { methodOperations } from "./method.ts";
import { modelOperations } from "./model.ts";
import { requestValidatorOperations } from "./request-validator.ts";
import { resourceOperations } from "./resource.ts";
import { restApiOperations } from "./rest-api.ts";
import { sdkOperations } from "./sdk.ts";
import { stageOperations } from "./stage.ts";
import { tagOperations } from "./tag.ts";
import { usagePlanOperations } from "./usage-plan.ts";
import { vpcLinkOperations } from "./vpc-link.ts";

export const operations = {
  ...accountOperations,
  ...apiKeyOperations,
  ...authorizerOperations,
  ...clientCertificateOperations,
  ...deploymentOperations,
  ...documentationOperations,
  ...domainNameOperations,
  ...gatewayResponseOperations,
  ...integrationOperations,
  ...methodOperations,
  ...modelOperations,
  ...requestValidatorOperations,
  ...resourceOperations,
  ...restApiOperations,
  ...sdkOperations,
  ...stageOperations,
  ...tagOperations,
  ...usagePlanOperations,
  ...vpcLinkOperations,
};
