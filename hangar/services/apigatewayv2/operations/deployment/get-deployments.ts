// Lists the deployments of an API.

import type { GetDeploymentsInput, GetDeploymentsOutput } from "../../../../models/apigatewayv2.d.ts";
import { deploymentAnswer } from "../../rules/answers.ts";
import { deployStages } from "../../rules/deploy.ts";
import { page } from "../../rules/pages.ts";
import { apiOf, operation, under } from "../../store.ts";

export const getDeployments = operation<GetDeploymentsInput, GetDeploymentsOutput>((input, context) => {
  apiOf(context, input.ApiId);
  deployStages(context, input.ApiId);
  return page(context.store.deployments, under(input.ApiId), input, deploymentAnswer);
});
