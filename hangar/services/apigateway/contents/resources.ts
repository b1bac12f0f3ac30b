// The CloudFormation types of API Gateway.

import type { ResourceType } from "../../../cloud/resource.ts";
import { account } from "../resources/account.ts";
import { apiKey } from "../resources/api-key.ts";
import { authorizer } from "../resources/authorizer.ts";
import { basePathMapping } from "../resources/base-path-mapping.ts";
import { clientCertificate } from "../resources/client-certificate.ts";
import { deployment } from "../resources/deployment.ts";
import { documentationPart } from "../resources/documentation-part.ts";
import { documentationVersion } from "../resources/documentation-version.ts";
import { domainName } from "../resources/domain-name.ts";
import { gatewayResponse } from "../resources/gateway-response.ts";
import { method } from "../resources/method.ts";
import { model } from "../resources/model.ts";
import { requestValidator } from "../resources/request-validator.ts";
import { resource } from "../resources/resource.ts";
import { restApi } from "../resources/rest-api.ts";
import { stage } from "../resources/stage.ts";
import { usagePlanKey } from "../resources/usage-plan-key.ts";
import { usagePlan } from "../resources/usage-plan.ts";
import { vpcLink } from "../resources/vpc-link.ts";

export const resources: readonly ResourceType[] = [
  account,
  apiKey,
  authorizer,
  basePathMapping,
  clientCertificate,
  deployment,
  documentationPart,
  documentationVersion,
  domainName,
  gatewayResponse,
  method,
  model,
  requestValidator,
  resource,
  restApi,
  stage,
  usagePlan,
  usagePlanKey,
  vpcLink,
];
