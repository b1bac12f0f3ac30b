// The API, stage and path that a request is for.

import { splitStage, type Address } from "../../../gateway/execute-api.ts";
import { compiledApi, type CompiledApi } from "../rules/compiled-api.ts";
import { deployedStage } from "../rules/deploy.ts";
import { key, type ApiGatewayV2Context, type ApiRow, type StageRow } from "../store.ts";

export type Target = {
  readonly api: ApiRow;
  readonly stage: StageRow;
  readonly compiled: CompiledApi;
  /** Raw, below the stage or base path. */
  readonly path: string;
  /** Raw, as the caller wrote it. */
  readonly fullPath: string;
  readonly domainName: string;
  readonly basePath: string | undefined;
};

/** Undefined when no stage answers there. */
export function targetOf(context: ApiGatewayV2Context, { api: apiId, path, host }: Address): Target | undefined {
  const api = context.store.apis.get(apiId);
  if (api === undefined || api.DisableExecuteApiEndpoint === true) return undefined;
  const { stage, below } = splitStage(path);
  const domainName = host ?? `${apiId}.execute-api.${context.region}.amazonaws.com`;
  const at = { domainName, fullPath: path, basePath: undefined };
  return (
    targetAt(context, api, { ...at, stage, path: below }) ?? targetAt(context, api, { ...at, stage: "$default", path })
  );
}

type Named = Pick<Target, "path" | "fullPath" | "domainName" | "basePath"> & { readonly stage: string };

export function targetAt(
  context: ApiGatewayV2Context,
  api: ApiRow,
  { stage: name, path, fullPath, domainName, basePath }: Named,
): Target | undefined {
  const { store } = context;
  const found = store.stages.get(key(api.ApiId, name));
  if (found === undefined) return undefined;
  const stage = deployedStage(context, api, found);
  const deployment =
    stage.DeploymentId === undefined ? undefined : store.deployments.get(key(api.ApiId, stage.DeploymentId));
  if (deployment === undefined) return undefined;
  return { api, stage, compiled: compiledApi(deployment), path, fullPath, domainName, basePath };
}
