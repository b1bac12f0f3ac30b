// Removes a deployment that no stage serves. https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteDeployment.html

import type { DeleteDeploymentInput, DeleteDeploymentOutput } from "../../../../models/apigateway.d.ts";
import { badRequest } from "../../errors.ts";
import { deploymentOf, key, operation, under } from "../../store.ts";

export const deleteDeployment = operation<DeleteDeploymentInput, DeleteDeploymentOutput>((input, context) => {
  const { store } = context;
  const { id } = deploymentOf(context, input.restApiId, input.deploymentId);
  for (const stage of store.stages.rows(under(input.restApiId))) {
    if (stage.deploymentId === id || stage.canarySettings?.deploymentId === id)
      throw badRequest("Active stages pointing to this deployment must be moved or deleted");
  }
  store.deployments.delete(key(input.restApiId, id));
  return {};
});
