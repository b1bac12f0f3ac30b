// AWS integrations: a template's request to any operation of any service here, as the integration's role.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-integration-types.html

import type { Caller } from "../../../cloud/operation.ts";
import { callService } from "../../../gateway/call-service.ts";
import { serviceRequest } from "../../../gateway/service-request.ts";
import type { Integration } from "../../../models/apigateway.d.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { failures } from "../rules/failure.ts";
import { withStageVariables, type IntegrationAnswer, type IntegrationRequest } from "../rules/integration-message.ts";
import type { Invocation } from "../rules/invocation.ts";
import { pairsOf } from "../rules/execution-lines.ts";
import { mapParameters, mappedBody } from "../rules/request-mapping.ts";
import type { Parse } from "../../../kernel/velocity/template-tree.ts";
import { roleCaller } from "./role-caller.ts";

export async function awsService(
  invocation: Invocation,
  integration: Integration,
  parse: Parse,
): Promise<IntegrationAnswer> {
  const message: IntegrationRequest = {
    headers: new Map(),
    query: new Map(),
    path: new Map(),
    body: mappedBody(invocation, integration, parse),
  };
  mapParameters(invocation, integration, message);
  const uri = withStageVariables(integration.uri ?? "", invocation.stage.variables);
  const wanted = serviceRequest(uri, methodOf(invocation, integration), message);
  if (wanted === undefined) throw failures.misconfigured();
  const { exchange } = invocation;
  if (exchange !== undefined) exchange.sent = { uri, headers: pairsOf(message.headers), body: message.body };
  const answer = await callService(invocation.context, wanted, callerOf(invocation, integration));
  if (answer === undefined) throw failures.misconfigured();
  if (exchange !== undefined) exchange.received = answer;
  return { ...answer, selector: String(answer.status) };
}

function methodOf({ httpMethod }: Invocation, integration: Integration): string {
  const method = integration.httpMethod ?? "POST";
  return method === "ANY" ? httpMethod : method;
}

/** Only Lambda takes calls of API Gateway itself. */
function callerOf(invocation: Invocation, integration: Integration): Caller {
  try {
    const caller = roleCaller(invocation, integration.credentials);
    if (caller === undefined) throw failures.misconfigured();
    return caller;
  } catch (error) {
    if (error instanceof AwsError) throw failures.misconfigured();
    throw error;
  }
}
