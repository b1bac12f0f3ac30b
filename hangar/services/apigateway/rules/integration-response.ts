// The integration response of a method by its status, and how one is put back.

import type { Integration, IntegrationResponse } from "../../../models/apigateway.d.ts";
import { noSuchIntegration, noSuchStatus } from "../errors.ts";
import { methodKey, methodOf, type ApiGatewayContext, type MethodName } from "../store.ts";

export function integrationOf(context: ApiGatewayContext, name: MethodName): Integration {
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
  context.store.methods.put(methodKey(name), {
    ...methodOf(context, name),
    methodIntegration: { ...integration, integrationResponses },
  });
}
