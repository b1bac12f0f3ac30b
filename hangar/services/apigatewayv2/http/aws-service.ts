// First-class integrations: parameters become the input of a service's operation, run as the integration's role.

import { AwsError } from "../../../kernel/aws-error.ts";
import { loadModel } from "../../../models/load.ts";
import type { Member, ServiceModel } from "../../../models/model.ts";
import { protocolFor } from "../../../protocols/protocol-for.ts";
import type { WireResponse } from "../../../protocols/protocol.ts";
import { refusals } from "../rules/refusal.ts";
import type { Invocation } from "../rules/invocation.ts";
import { evaluate, requestSource } from "../rules/parameters.ts";
import { subtypeOf, type Subtype } from "../rules/subtypes.ts";
import type { IntegrationRow } from "../store.ts";
import type { Answer } from "./answer.ts";
import { refusalFor } from "./lambda-proxy.ts";
import { actingAs } from "./role-caller.ts";

type Input = Record<string, unknown>;

/** SQS answers HTTP APIs as its query protocol does. */
const FORM = "application/x-www-form-urlencoded";

export async function awsService(invocation: Invocation, integration: IntegrationRow): Promise<Answer> {
  const { IntegrationSubtype = "", RequestParameters = {}, CredentialsArn } = integration;
  const subtype = subtypeOf(IntegrationSubtype);
  if (subtype === undefined) throw refusals.failed(`Unknown integration subtype ${IntegrationSubtype}`);
  const given: Record<string, string> = {};
  const source = requestSource(invocation);
  for (const [name, expression] of Object.entries(RequestParameters)) {
    const value = evaluate(invocation, source, expression);
    if (value !== undefined) given[name] = value;
  }
  const missing = subtype.required.find((name) => given[name] === undefined);
  if (missing !== undefined) throw refusals.failed(`Missing required parameter ${missing}`);
  const { Region = invocation.region, ...values } = given;
  return call(invocation, subtype, { input: inputOf(subtype, values), region: Region, role: CredentialsArn });
}

/** EventBridge's single event is a list of one. */
function inputOf({ service, operation }: Subtype, given: Readonly<Record<string, string>>): Input {
  const model = loadModel(service);
  if (operation === "PutEvents") return { Entries: [typed(model, "PutEventsRequestEntry", given)] };
  return typed(model, model.operations[operation]?.input ?? "", given);
}

function typed(model: ServiceModel, shape: string, given: Readonly<Record<string, string>>): Input {
  const structure = model.shapes[shape];
  const members = structure !== undefined && "members" in structure ? structure.members : {};
  return Object.fromEntries(Object.entries(given).map(([name, text]) => [name, readAs(members[name], text, name)]));
}

/** Parameters are texts: numbers, times, bytes, lists and maps are read from them. */
function readAs(member: Member | undefined, text: string, name: string): unknown {
  switch (member?.type) {
    case "blob":
      return Buffer.from(text);
    case "timestamp":
      return new Date(/^\d+$/.test(text) ? Number(text) * 1000 : text);
    case "string":
      return text;
    default:
      return parsed(text, name);
  }
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw refusals.failed(`Parameter ${name} is not valid`);
  }
}

type ServiceCall = { readonly input: Input; readonly region: string; readonly role: string | undefined };

async function call(
  invocation: Invocation,
  { service, operation }: Subtype,
  { input, region, role }: ServiceCall,
): Promise<Answer> {
  const { context } = invocation;
  const model = loadModel(service);
  const headers: Record<string, string> = service === "sqs" ? { "content-type": FORM } : {};
  const protocol = protocolFor(model, { headers, query: "" });
  const requestId = context.ids.uuid();
  const began = context.clock.now();
  try {
    const as = actingAs(invocation, role, "");
    const output = await context.ports.api.call(service, operation, input, { as, region });
    return noted(invocation, protocol.serialise(model, operation, output, { requestId }), { began, requestId });
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "NotEmulated") throw error;
    if (error.code.startsWith("AccessDenied")) throw refusalFor(error);
    const answer = protocol.serialiseError(model, operation, error, { requestId });
    return noted(invocation, answer, { began, requestId });
  }
}

function noted(
  invocation: Invocation,
  { status, headers, body }: WireResponse,
  { began, requestId }: { readonly began: number; readonly requestId: string },
): Answer {
  invocation.integration = { status, latency: invocation.context.clock.now() - began, requestId };
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type")?.[1];
  const json = type === undefined || type.startsWith("application/x-amz-json");
  if (typeof body !== "string" && !(body instanceof Uint8Array)) throw refusals.failed("Streams cannot be answered");
  return {
    status,
    headers: [["content-type", json ? "application/json" : type]],
    body: typeof body === "string" ? body : Buffer.from(body),
  };
}
