// Tells of a deployment.

import type { GetDeploymentInput, GetDeploymentOutput } from "../../../../models/apigatewayv2.d.ts";
import { deploymentAnswer } from "../../rules/answers.ts";
import { deployStages } from "../../rules/deploy.ts";
import { deploymentOf, operation } from "../../store.ts";

export const getDeployment = operation<GetDeploymentInput, GetDeploymentOutput>((input, context) => {
  deployStages(context, input.ApiId);
  return deploymentAnswer(deploymentOf(context, input.ApiId, input.DeploymentId));
});
