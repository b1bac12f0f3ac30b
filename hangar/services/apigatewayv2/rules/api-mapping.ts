// API mappings: which stage answers under which path of a custom domain name.

import type { ApiMapping as Answer } from "../../../models/apigatewayv2.d.ts";
import type { ApiMapping } from "../../../ports/domain-names.ts";
import { badRequest, conflict, noSuch } from "../errors.ts";
import { key, type ApiGatewayV2Context } from "../store.ts";

export function mappingAnswer({ id, basePath, apiId, stage }: ApiMapping): Answer {
  return { ApiId: apiId, ApiMappingId: id, ApiMappingKey: basePath, Stage: stage };
}

export async function mappingOf(context: ApiGatewayV2Context, domainName: string, id: string): Promise<ApiMapping> {
  const found = (await context.ports.domainNames.mappings(domainName)).find((each) => each.id === id);
  if (found === undefined) throw noSuch("API mapping", id);
  return found;
}

export async function checkMapping(context: ApiGatewayV2Context, mapping: ApiMapping): Promise<void> {
  const { domainName, basePath, apiId, stage, id } = mapping;
  const { store, ports } = context;
  const others = await ports.domainNames.mappings(domainName);
  if (!/^(?:[\w$.+!*'(),-]+(?:\/[\w$.+!*'(),-]+)*)?$/.test(basePath))
    throw badRequest("API mapping key should only contain letters, numbers, and one of $-_.+!*'()/");
  const known = store.stages.has(key(apiId, stage)) || (await ports.domainNames.hasRestApi(apiId, stage));
  if (!known) throw badRequest(`Invalid stage identifier specified: ${stage} of API ${apiId}`);
  if (others.some((each) => each.basePath === basePath && each.id !== id))
    throw conflict("ApiMapping key already exists for this domain name");
}
