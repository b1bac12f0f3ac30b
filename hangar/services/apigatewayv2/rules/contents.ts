// What an API is made of: all that a document may define anew.

import { under, type ApiGatewayV2Store } from "../store.ts";

/** Everything but its stages and deployments. */
export function removeContents(store: ApiGatewayV2Store, apiId: string): void {
  const { routes, routeResponses, integrations, integrationResponses, authorizers, models } = store;
  for (const table of [routes, routeResponses, integrations, integrationResponses, authorizers, models])
    for (const place of Array.from(table.keys(under(apiId)))) table.delete(place);
}
