// Passes a request to its integration, and the integration's answer through the response parameters.

import type { Invocation } from "../rules/invocation.ts";
import { mapResponse, responseSource } from "../rules/parameters.ts";
import type { IntegrationRow } from "../store.ts";
import type { Answer } from "./answer.ts";
import { awsService } from "./aws-service.ts";
import { httpProxy } from "./http-proxy.ts";
import { lambdaProxy } from "./lambda-proxy.ts";

export async function integrate(invocation: Invocation, integration: IntegrationRow): Promise<Answer> {
  const answer = await ask(invocation, integration);
  const parameters = integration.ResponseParameters?.[String(answer.status)];
  if (parameters === undefined) return answer;
  const parts = { status: answer.status, headers: [...answer.headers] };
  mapResponse(invocation, parameters, responseSource(answer.headers, Buffer.from(answer.body)), parts);
  return { ...answer, ...parts };
}

function ask(invocation: Invocation, integration: IntegrationRow): Promise<Answer> {
  if (integration.IntegrationSubtype !== undefined) return awsService(invocation, integration);
  return integration.IntegrationType === "HTTP_PROXY"
    ? httpProxy(invocation, integration)
    : lambdaProxy(invocation, integration);
}
