// A deployment made ready to serve: routes, things by name; made once for each deployment, also across forks.

import { routesOf, type RouteNode } from "./routes.ts";
import type { BodyCheck } from "../../../kernel/body-schema.ts";
import type { AuthorizerRow, DeploymentRow, GatewayResponseRow, Snapshot, ValidatorRow } from "../store.ts";

export type CompiledApi = {
  readonly snapshot: Snapshot;
  readonly routes: RouteNode;
  readonly validators: ReadonlyMap<string, ValidatorRow>;
  readonly authorizers: ReadonlyMap<string, AuthorizerRow>;
  readonly gatewayResponses: ReadonlyMap<string, GatewayResponseRow>;
  readonly binaryTypes: readonly string[];
  /** Filled as bodies are checked. */
  readonly bodyChecks: Map<string, BodyCheck>;
};

/** Rows are frozen, and forks share them: a row is its own proof that nothing changed. */
const compiled = new WeakMap<DeploymentRow, CompiledApi>();

export function compiledApi(row: DeploymentRow): CompiledApi {
  let api = compiled.get(row);
  if (api === undefined) {
    api = compileSnapshot(row.snapshot);
    compiled.set(row, api);
  }
  return api;
}

export function compileSnapshot(snapshot: Snapshot): CompiledApi {
  return {
    snapshot,
    routes: routesOf(snapshot.resources, snapshot.methods),
    validators: new Map(snapshot.validators.map((row) => [row.id, row])),
    authorizers: new Map(snapshot.authorizers.map((row) => [row.id, row])),
    gatewayResponses: new Map(snapshot.gatewayResponses.map((row) => [row.responseType, row])),
    binaryTypes: snapshot.binaryMediaTypes.map((type) => type.toLowerCase()),
    bodyChecks: new Map(),
  };
}
