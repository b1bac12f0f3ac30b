// Takes a snapshot of an API, and puts a stage on it.

import type { CreateDeploymentInput, CreateDeploymentOutput } from "../../../../models/apigatewayv2.d.ts";
import { badRequest } from "../../errors.ts";
import { deploymentAnswer } from "../../rules/answers.ts";
import { described, newDeployment } from "../../rules/deploy.ts";
import { apiOf, key, operation, stageOf, under } from "../../store.ts";

export const createDeployment = operation<CreateDeploymentInput, CreateDeploymentOutput>((input, context) => {
  const { store, clock } = context;
  const api = apiOf(context, input.ApiId);
  const stage = input.StageName === undefined ? undefined : stageOf(context, api.ApiId, input.StageName);
  if (stage?.AutoDeploy === true)
    throw badRequest(`Deployment cannot be created for stage ${stage.StageName} that has auto deploy enabled`);
  if ([...store.routes.keys(under(api.ApiId))].length === 0)
    throw badRequest("At least one route is required before deploying the Api.");
  const row = newDeployment(context, api, { AutoDeployed: false, ...described(input.Description) });
  if (stage !== undefined)
    store.stages.put(key(api.ApiId, stage.StageName), {
      ...stage,
      DeploymentId: row.DeploymentId,
      LastUpdatedDate: clock.now(),
    });
  return deploymentAnswer(row);
});
