// Removes a deployment that no stage is on.

import type { DeleteDeploymentInput } from "../../../../models/apigatewayv2.d.ts";
import { badRequest } from "../../errors.ts";
import { deploymentOf, key, operation, under } from "../../store.ts";

export const deleteDeployment = operation<DeleteDeploymentInput, Record<string, never>>((input, context) => {
  const { store } = context;
  const { DeploymentId } = deploymentOf(context, input.ApiId, input.DeploymentId);
  for (const stage of store.stages.rows(under(input.ApiId)))
    if (stage.DeploymentId === DeploymentId)
      throw badRequest("Active stages pointing to this deployment must be moved or deleted");
  store.deployments.delete(key(input.ApiId, DeploymentId));
  return {};
});
