// The whole of an API as it stands: what a deployment keeps.

import { badRequest } from "../errors.ts";
import { under, type ApiGatewayStore, type ApiRow, type Snapshot } from "../store.ts";

export function snapshotOf(store: ApiGatewayStore, api: ApiRow): Snapshot {
  const below = under(api.id);
  return {
    resources: [...store.resources.rows(below)],
    methods: [...store.methods.rows(below)],
    models: [...store.models.rows(below)],
    validators: [...store.validators.rows(below)],
    authorizers: [...store.authorizers.rows(below)],
    gatewayResponses: [...store.gatewayResponses.rows(below)],
    binaryMediaTypes: api.binaryMediaTypes ?? [],
    apiKeySource: api.apiKeySource ?? "HEADER",
    minimumCompressionSize: api.minimumCompressionSize,
    policy: api.policy,
  };
}

export function checkDeployable({ methods, policy }: Snapshot, privateApi: boolean): void {
  if (methods.length === 0) throw badRequest("The REST API doesn't contain any methods");
  if (methods.some((method) => method.methodIntegration === undefined))
    throw badRequest("No integration defined for method");
  if (privateApi && policy === undefined)
    throw badRequest("Private REST API doesn't have a resource policy attached to it");
}
