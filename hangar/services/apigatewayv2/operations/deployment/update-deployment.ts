// Changes a deployment's description.

import type { UpdateDeploymentInput, UpdateDeploymentOutput } from "../../../../models/apigatewayv2.d.ts";
import { deploymentAnswer } from "../../rules/answers.ts";
import { described } from "../../rules/deploy.ts";
import { deploymentOf, key, operation } from "../../store.ts";

export const updateDeployment = operation<UpdateDeploymentInput, UpdateDeploymentOutput>((input, context) => {
  const before = deploymentOf(context, input.ApiId, input.DeploymentId);
  const row = { ...before, ...described(input.Description) };
  context.store.deployments.put(key(input.ApiId, row.DeploymentId), row);
  return deploymentAnswer(row);
});
