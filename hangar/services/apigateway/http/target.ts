// The API, stage and path that an address stands for, wherever in this cloud they are.

import type { MappedRequest } from "../../../ports/http-apis.ts";
import { domainKeys } from "../rules/domain-name.ts";
import { canaryOf, isCanary } from "../rules/canary.ts";
import { compiledApi } from "../rules/compiled-api.ts";
import type { CompiledApi } from "../rules/compiled-api.ts";
import { key, under, type ApiGatewayContext, type ApiRow, type StageRow } from "../store.ts";
import { splitStage, type Address } from "../../../gateway/execute-api.ts";

export type Place = { readonly account: string; readonly region: string };

export type Target = Place & {
  readonly api: ApiRow;
  readonly stage: StageRow;
  readonly compiled: CompiledApi;
  readonly canary: boolean;
  /** Of the custom domain name that led here. */
  readonly basePath: string | undefined;
  /** Below the stage or base path, begins with one slash. */
  readonly path: string;
};

/** A domain name leads to an API that is no REST API. */
export type Elsewhere = { readonly place: Place; readonly mapped: MappedRequest };

/** Undefined when no API answers there: AWS says Forbidden. */
export function targetOf(context: ApiGatewayContext, address: Address): Target | Elsewhere | undefined {
  const { stage, below } = splitStage(address.path);
  for (const place of placesFrom(context)) {
    if (address.region !== undefined && place.region !== address.region) continue;
    const store = context.storeAt(place.account, place.region);
    const found = store.apis.has(address.api)
      ? { apiId: address.api, stage, path: below, basePath: undefined }
      : mappedTo(context, place, address);
    if (found === undefined) continue;
    if (found.basePath === undefined || store.apis.has(found.apiId)) return targetAt(context, place, found);
    const domainName = address.host ?? address.api;
    return { place, mapped: { ...found, basePath: found.basePath, fullPath: address.path, domainName } };
  }
  return undefined;
}

/** Here first: looking elsewhere takes a walk over all tables. */
function* placesFrom(context: ApiGatewayContext): Generator<Place> {
  const { account, region } = context;
  yield { account, region };
  for (const place of context.places()) if (place.account !== account || place.region !== region) yield place;
}

type Named = {
  readonly apiId: string;
  readonly stage: string;
  readonly path: string;
  /** Of the mapping that led here. */
  readonly basePath: string | undefined;
};

function targetAt(
  context: ApiGatewayContext,
  place: Place,
  { apiId, stage, path, basePath }: Named,
): Target | undefined {
  const store = context.storeAt(place.account, place.region);
  const api = store.apis.get(apiId);
  const found = store.stages.get(key(apiId, stage));
  const canary = found !== undefined && isCanary(found, context.ids);
  const row = canary ? canaryOf(found) : found;
  const deployment = row === undefined ? undefined : store.deployments.get(key(apiId, row.deploymentId));
  if (api === undefined || row === undefined || deployment === undefined) return undefined;
  if (api.disableExecuteApiEndpoint === true && basePath === undefined) return undefined;
  return { ...place, api, stage: row, compiled: compiledApi(deployment), canary, basePath, path };
}

/** A custom domain name, or the regional host name that stands for it: the longest base path that fits. */
function mappedTo(context: ApiGatewayContext, { account, region }: Place, address: Address): Named | undefined {
  const store = context.storeAt(account, region);
  const domain =
    domainKeys(address.api)
      .map((name) => store.domains.get(name))
      .find((row) => row !== undefined) ??
    [...store.domains.rows()].find(
      (row) => row.regionalDomainName !== undefined && row.regionalDomainName === address.host,
    );
  if (domain === undefined) return undefined;
  const mappings = [...store.mappings.rows(under(domain.domainName))]
    .map((row) => ({ ...row, base: row.basePath === "(none)" ? "" : `/${row.basePath}` }))
    .toSorted((a, b) => b.base.length - a.base.length);
  for (const { base, restApiId = "", stage } of mappings) {
    if (address.path !== base && !address.path.startsWith(`${base}/`)) continue;
    const path = address.path.slice(base.length) || "/";
    if (stage !== undefined && stage !== "" && stage !== "(none)")
      return { apiId: restApiId, stage, path, basePath: base.slice(1) };
    const split = splitStage(path);
    return { apiId: restApiId, stage: split.stage, path: split.below, basePath: base.slice(1) };
  }
  return undefined;
}
