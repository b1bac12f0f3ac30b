// A deployment made ready for serving: done once, however many requests follow.

import type { BodyCheck } from "../../../kernel/body-schema.ts";
import type { AuthorizerRow, DeploymentRow, IntegrationRow, Snapshot } from "../store.ts";
import { httpRoutes, type HttpRoutes } from "./routes.ts";

export type CompiledApi = {
  readonly snapshot: Snapshot;
  readonly routes: HttpRoutes;
  readonly integrations: ReadonlyMap<string, IntegrationRow>;
  readonly authorizers: ReadonlyMap<string, AuthorizerRow>;
  /** Of models by name: made ready with the first message that needs one. */
  readonly bodyChecks: Map<string, BodyCheck>;
};

const compiled = new WeakMap<DeploymentRow, CompiledApi>();

export function compiledApi(row: DeploymentRow): CompiledApi {
  let api = compiled.get(row);
  if (api === undefined) {
    const { snapshot } = row;
    api = {
      snapshot,
      routes: httpRoutes(snapshot.routes),
      integrations: new Map(snapshot.integrations.map((each) => [each.IntegrationId, each])),
      authorizers: new Map(snapshot.authorizers.map((each) => [each.AuthorizerId, each])),
      bodyChecks: new Map(),
    };
    compiled.set(row, api);
  }
  return api;
}

/** `integrations/abc` of a route. */
export function integrationFor({ integrations }: CompiledApi, target: string | undefined): IntegrationRow | undefined {
  return target === undefined ? undefined : integrations.get(target.slice("integrations/".length));
}
