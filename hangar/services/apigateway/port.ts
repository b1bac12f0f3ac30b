// What HTTP APIs ask of custom domain names.

import { hash } from "node:crypto";
import type { ApiMapping, DomainNamesPort } from "../../ports/domain-names.ts";
import { domainOf, key, under, type ApiGatewayContext, type MappingRow } from "./store.ts";

const WHOLE = "(none)";

export function domainNamesPort(context: ApiGatewayContext): DomainNamesPort {
  const { store } = context;
  const mappings = (domainName: string): readonly ApiMapping[] => {
    const domain = domainOf(context, domainName);
    return [...store.mappings.rows(under(domain.domainName))].map(mappingOf);
  };
  const remove = (domainName: string, id: string): void => {
    for (const [place, row] of Array.from(store.mappings.range(under(domainName.toLowerCase()))))
      if (mappingOf(row).id === id) store.mappings.delete(place);
  };
  return {
    mappings: async (domainName) => mappings(domainName),
    mappingsTo: async (apiId, stage) =>
      [...store.mappings.rows()].map(mappingOf).filter((each) => each.apiId === apiId && each.stage === stage),
    hasRestApi: async (apiId, stage) => store.apis.has(apiId) && store.stages.has(key(apiId, stage)),
    put: async ({ id, domainName, basePath, apiId, stage }) => {
      const name = domainOf(context, domainName).domainName;
      remove(name, id);
      const path = basePath === "" ? WHOLE : basePath;
      const row = { domainName: name, basePath: path, restApiId: apiId, stage, mappingId: id };
      store.mappings.put(key(name, path), row);
    },
    remove: async ({ domainName, id }) => remove(domainName, id),
  };
}

function mappingOf({ domainName, basePath, restApiId = "", stage = "", mappingId }: MappingRow): ApiMapping {
  const id = mappingId ?? hash("md5", `${domainName}/${basePath}`).slice(0, 6);
  return { id, domainName, basePath: basePath === WHOLE ? "" : basePath, apiId: restApiId, stage };
}
