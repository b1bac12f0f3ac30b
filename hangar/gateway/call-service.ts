// Runs an operation of a service as an API's integration asks for it: read and answered by the service's own protocol.

import type { Caller, Context, Principal } from "../cloud/operation.ts";
import { AwsError } from "../kernel/aws-error.ts";
import type { ServiceModel } from "../models/model.ts";
import { protocolFor } from "../protocols/protocol-for.ts";
import type { Protocol, Route, WireRequest, WireResponse } from "../protocols/protocol.ts";
import { queryAnswer, queryError } from "./query-json.ts";
import type { ServiceRequest } from "./service-request.ts";

export type ServiceAnswer = {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
};

/** Undefined for an operation that the service does not have. */
export async function callService(
  { ids, ports }: Pick<Context, "ids" | "ports">,
  { model, region, request, operation }: ServiceRequest,
  as: Caller | Principal,
): Promise<ServiceAnswer | undefined> {
  const protocol = protocolFor(model, request);
  const facts = { requestId: ids.uuid() };
  const isQuery = protocol.name === "awsQuery";
  const query = isQuery && !asksForXml(request);
  let route: Route | undefined;
  try {
    route = operation === undefined || isQuery ? protocol.route(model, request) : { operation, labels: {} };
    if (route === undefined && !isQuery) return undefined;
    if (route === undefined || !Object.hasOwn(model.operations, route.operation))
      throw unknown(model, request, isQuery);
    const input = inputOf(protocol, route, { model, region, request });
    const output = await ports.api.call(model.service, route.operation, input, { as, region });
    if (query) return await answered(queryAnswer(model, route.operation, output, facts.requestId));
    return await answered(protocol.serialise(model, route.operation, output, facts));
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "NotEmulated") throw error;
    const answer = protocol.serialiseError(model, route?.operation, error, facts);
    return answered(query ? queryError(answer, error, facts.requestId) : answer);
  }
}

function unknown(model: ServiceModel, request: WireRequest, isQuery: boolean): AwsError {
  if (!isQuery) return new AwsError("UnknownOperationException", "");
  const form = new URLSearchParams(`${request.query}&${Buffer.from(request.body).toString("utf8")}`);
  const version = form.get("Version") ?? model.apiVersion;
  return new AwsError("InvalidAction", `Could not find operation ${form.get("Action") ?? ""} for version ${version}`);
}

/** API Gateway asks for JSON where the integration does not map another header. */
function asksForXml({ headers }: WireRequest): boolean {
  return headers["accept"]?.includes("xml") === true;
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

async function answered({ status, headers, body }: WireResponse): Promise<ServiceAnswer> {
  const chunks: Uint8Array[] = [];
  if (typeof body === "string") chunks.push(Buffer.from(body));
  else if (body instanceof Uint8Array) chunks.push(body);
  else for await (const chunk of body) chunks.push(chunk);
  const pairs = Object.entries(headers).map(([name, value]) =>
    name.toLowerCase() === "content-type" && value.startsWith("application/x-amz-json")
      ? ([name, "application/json"] as const)
      : ([name, value] as const),
  );
  return { status, headers: pairs, body: Buffer.concat(chunks) };
}
