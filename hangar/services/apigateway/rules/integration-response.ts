// The integration response of a method by its status, and how one is put back.

import type { Integration, IntegrationResponse } from "../../../models/apigateway.d.ts";
import { badRequest, noSuchIntegration, noSuchStatus } from "../errors.ts";
import { without } from "./patch.ts";
import { methodKey, methodOf, type ApiGatewayContext, type MethodName } from "../store.ts";

const TARGET = /^method\.response\.(?:header|multivalueheader)\.\S+$/;
const SOURCE =
  /^(?:'.*'|integration\.response\.(?:header|multivalueheader)\.\S+|integration\.response\.body(?:\..+)?|context\.\S+|stageVariables\.\S+)$/s;

function integrationOf(context: ApiGatewayContext, name: MethodName): Integration {
  const integration = methodOf(context, name).methodIntegration;
  if (integration === undefined) throw noSuchIntegration();
  return integration;
}

export function integrationResponseOf(
  context: ApiGatewayContext,
  name: MethodName & { readonly statusCode: string },
): IntegrationResponse {
  const response = integrationOf(context, name).integrationResponses?.[name.statusCode];
  if (response === undefined) throw noSuchStatus();
  return response;
}

/** Undefined removes it. */
export function putIntegrationResponseRow(
  context: ApiGatewayContext,
  name: MethodName & { readonly statusCode: string },
  response: IntegrationResponse | undefined,
): void {
  const integration = integrationOf(context, name);
  const { [name.statusCode]: _before, ...others } = integration.integrationResponses ?? {};
  const integrationResponses = response === undefined ? others : { ...others, [name.statusCode]: response };
  const methodIntegration =
    Object.keys(integrationResponses).length === 0
      ? without(integration, "integrationResponses")
      : { ...integration, integrationResponses };
  context.store.methods.put(methodKey(name), { ...methodOf(context, name), methodIntegration });
}

/** Templates stand under content types; header values are literals, or parts of the integration's answer. */
export function checkIntegrationResponse(response: IntegrationResponse): void {
  for (const type of Object.keys(response.responseTemplates ?? {})) {
    if (!type.includes("/"))
      throw badRequest(`Validation Result: warnings : [], errors : [Invalid content type specified: ${type}]`);
  }
  for (const [to, from] of Object.entries(response.responseParameters ?? {})) {
    const wrong = [to, from].find((text, index) => !(index === 0 ? TARGET : SOURCE).test(text));
    if (wrong !== undefined)
      throw badRequest(
        `Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: ${wrong}]`,
      );
  }
}
