// AWS integrations: a template's request to any operation of any service here, as the integration's role.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-integration-types.html

import type { Caller } from "../../../cloud/operation.ts";
import type { Integration } from "../../../models/apigateway.d.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { protocolFor } from "../../../protocols/protocol-for.ts";
import type { Protocol, Route, WireResponse } from "../../../protocols/protocol.ts";
import { failures } from "../rules/failure.ts";
import { withStageVariables, type IntegrationAnswer, type IntegrationRequest } from "../rules/integration-message.ts";
import type { Invocation } from "../rules/invocation.ts";
import { mapParameters, mappedBody } from "../rules/request-mapping.ts";
import type { Parse } from "../../../kernel/velocity/template-tree.ts";
import { queryAnswer, queryError } from "./query-json.ts";
import { roleCaller } from "./role-caller.ts";
import { serviceRequest, type ServiceRequest } from "./service-request.ts";

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
  const as = callerOf(invocation, integration);
  return answered(await call(invocation, wanted, as));
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

async function call(
  invocation: Invocation,
  { model, region, request, operation }: ServiceRequest,
  as: Caller,
): Promise<WireResponse> {
  const protocol = protocolFor(model, request);
  const facts = { requestId: invocation.context.ids.uuid() };
  const query = protocol.name === "awsQuery";
  let route: Route | undefined;
  try {
    route = operation === undefined || query ? protocol.route(model, request) : { operation, labels: {} };
    if (route === undefined) throw failures.misconfigured();
    const input = inputOf(protocol, route, { model, region, request });
    const output = await invocation.context.ports.api.call(model.service, route.operation, input, { as, region });
    if (query) return queryAnswer(route.operation, output, facts.requestId);
    return protocol.serialise(model, route.operation, output, facts);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "NotEmulated") throw error;
    const answer = protocol.serialiseError(model, route?.operation, error, facts);
    return query ? queryError(answer, error, facts.requestId) : answer;
  }
}

/** SQS's query API names the queue by the path. */
function inputOf(
  protocol: Protocol,
  route: Route,
  { model, region, request }: ServiceRequest,
): Record<string, unknown> {
  const input = protocol.parse(model, route, request);
  if (model.service !== "sqs" || input["QueueUrl"] !== undefined || request.path === "/") return input;
  return { ...input, QueueUrl: `https://sqs.${region}.amazonaws.com${request.path}` };
}

async function answered({ status, headers, body }: WireResponse): Promise<IntegrationAnswer> {
  const chunks: Uint8Array[] = [];
  if (typeof body === "string") chunks.push(Buffer.from(body));
  else if (body instanceof Uint8Array) chunks.push(body);
  else for await (const chunk of body) chunks.push(chunk);
  const pairs = Object.entries(headers).map(([name, value]) =>
    name.toLowerCase() === "content-type" && value.startsWith("application/x-amz-json")
      ? ([name, "application/json"] as const)
      : ([name, value] as const),
  );
  return { status, headers: pairs, body: Buffer.concat(chunks), selector: String(status) };
}
