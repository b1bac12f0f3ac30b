// Deployments: snapshots of an API, made on demand or after each change where a stage asks for that.

import {
  key,
  under,
  type ApiGatewayV2Context,
  type ApiGatewayV2Store,
  type ApiRow,
  type DeploymentRow,
  type Snapshot,
  type StageRow,
} from "../store.ts";

export function snapshotOf(store: ApiGatewayV2Store, { ApiId, CorsConfiguration }: ApiRow): Snapshot {
  const below = under(ApiId);
  return {
    routes: [...store.routes.rows(below)],
    routeResponses: [...store.routeResponses.rows(below)],
    integrations: [...store.integrations.rows(below)],
    integrationResponses: [...store.integrationResponses.rows(below)],
    authorizers: [...store.authorizers.rows(below)],
    models: [...store.models.rows(below)],
    cors: CorsConfiguration,
  };
}

type Kind = Pick<DeploymentRow, "AutoDeployed" | "Description">;

export function newDeployment({ store, ids, clock }: ApiGatewayV2Context, api: ApiRow, kind: Kind): DeploymentRow {
  const row: DeploymentRow = {
    ...kind,
    DeploymentId: ids.lower(6),
    CreatedDate: clock.now(),
    DeploymentStatus: "DEPLOYED",
    snapshot: snapshotOf(store, api),
  };
  store.deployments.put(key(api.ApiId, row.DeploymentId), row);
  return row;
}

/** The API has changed: stages that deploy by themselves do so before anybody sees them, once for many changes. */
export function touch(context: ApiGatewayV2Context, apiId: string): void {
  const { store, scheduler } = context;
  for (const [place, stage] of store.stages.range(under(apiId)))
    if (stage.AutoDeploy === true && stage.stale !== true) {
      store.stages.put(place, { ...stage, stale: true });
      scheduler.later("apigatewayv2.deploy-stages", { apiId });
    }
}

/** The stage with the deployment it should have by now. */
export function deployedStage(context: ApiGatewayV2Context, api: ApiRow, stage: StageRow): StageRow {
  if (stage.stale !== true) return stage;
  const { store, clock } = context;
  const { stale: _stale, ...rest } = stage;
  const { DeploymentId } = newDeployment(context, api, {
    AutoDeployed: true,
    Description: "Automatic deployment triggered by changes to the Api configuration",
  });
  const row: StageRow = {
    ...rest,
    DeploymentId,
    LastUpdatedDate: clock.now(),
    LastDeploymentStatusMessage: `Successfully deployed stage with deployment ID '${DeploymentId}'`,
  };
  store.stages.put(key(api.ApiId, stage.StageName), row);
  dropUnused(context, api.ApiId, stage.DeploymentId);
  return row;
}

/** An automatic deployment that no stage points to is not kept: there would be one for every change ever made. */
function dropUnused({ store }: ApiGatewayV2Context, apiId: string, id: string | undefined): void {
  const row = id === undefined ? undefined : store.deployments.get(key(apiId, id));
  if (row?.AutoDeployed !== true) return;
  for (const stage of store.stages.rows(under(apiId))) if (stage.DeploymentId === row.DeploymentId) return;
  store.deployments.delete(key(apiId, row.DeploymentId));
}

/** All stages of an API as they should be by now. */
export function deployStages(context: ApiGatewayV2Context, apiId: string): void {
  const api = context.store.apis.get(apiId);
  if (api === undefined) return;
  for (const stage of Array.from(context.store.stages.rows(under(apiId)))) deployedStage(context, api, stage);
}

export function described(text: string | undefined): { readonly Description?: string } {
  return text === undefined ? {} : { Description: text };
}
