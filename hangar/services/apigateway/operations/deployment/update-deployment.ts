// Changes a deployment's description. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateDeployment.html

import type { UpdateDeploymentInput, UpdateDeploymentOutput } from "../../../../models/apigateway.d.ts";
import { deploymentAnswer } from "../../rules/answers.ts";
import { applyPatch, text, type PatchRules } from "../../rules/patch.ts";
import { deploymentOf, key, operation, type DeploymentRow } from "../../store.ts";

const patches: PatchRules<DeploymentRow> = { "/description": text("description") };

export const updateDeployment = operation<UpdateDeploymentInput, UpdateDeploymentOutput>((input, context) => {
  const row = applyPatch(deploymentOf(context, input.restApiId, input.deploymentId), input.patchOperations, patches);
  context.store.deployments.put(key(input.restApiId, row.id), row);
  return deploymentAnswer(row);
});
