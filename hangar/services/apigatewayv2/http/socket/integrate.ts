// Passes an event of a client to its route's integration: a function, an endpoint, or nobody.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-mapping.html

import { callFunction } from "../../../../cloud/call-function.ts";
import { within } from "../../../../cloud/deadline.ts";
import { callService } from "../../../../gateway/call-service.ts";
import { serviceRequest } from "../../../../gateway/service-request.ts";
import { AwsError } from "../../../../kernel/aws-error.ts";
import { TemplateFailure } from "../../../../kernel/velocity/template-failure.ts";
import { integrationFor } from "../../rules/compiled-api.ts";
import { functionArn } from "../../rules/function-uri.ts";
import { longest } from "../../rules/integration.ts";
import { withStageVariables } from "../../rules/invocation.ts";
import { refusals } from "../../rules/refusal.ts";
import { socketEvent } from "../../rules/socket-context.ts";
import type { IntegrationRow, RouteRow } from "../../store.ts";
import { refusalFor } from "../lambda-proxy.ts";
import { actingAs } from "../role-caller.ts";
import { endpoint } from "./endpoint.ts";
import { ran } from "./integration-run.ts";
import { requestMessage } from "./request-message.ts";
import { requestBody, responseBody } from "./templates.ts";
import type { SocketEvent } from "./session.ts";
import { parsedJson } from "../../../../kernel/parsed-json.ts";

export type Outcome = {
  readonly status: number;
  readonly body: string | Buffer | undefined;
  /** By lower-case name. */
  readonly headers?: Readonly<Record<string, string>>;
};

export async function runRoute(event: SocketEvent, route: RouteRow): Promise<Outcome> {
  event.context.span.attributes["serves"] = `${event.api.ApiId} ${route.RouteKey}`;
  const integration = integrationFor(event.compiled, route.Target);
  if (integration === undefined) throw refusals.failed("No integration is attached to this route");
  try {
    return await within(event.context, {
      milliseconds: integration.TimeoutInMillis ?? longest(event.api),
      topic: event.requestId,
      run: () => ask(event, integration),
      late: refusals.endpointTimedOut,
    });
  } catch (error) {
    if (error instanceof TemplateFailure) throw refusals.failed(error.message);
    throw error;
  }
}

function ask(event: SocketEvent, integration: IntegrationRow): Promise<Outcome> {
  switch (integration.IntegrationType) {
    case "AWS_PROXY":
      return proxied(event, integration);
    case "AWS":
      return mapped(event, integration);
    case "MOCK":
      return mock(event, integration);
    default:
      return endpoint(event, integration);
  }
}

/** A function that fails is a refusal. */
async function invoke(event: SocketEvent, integration: IntegrationRow, payload: string): Promise<string> {
  const { context, stage, account, region, api, routeKey } = event;
  const arn = functionArn(integration.IntegrationUri, stage.StageVariables);
  if (arn === undefined) throw refusals.failed("Invalid Lambda function specified for URI");
  const sourceArn = `arn:aws:execute-api:${region}:${account}:${api.ApiId}/${stage.StageName}/${routeKey}`;
  try {
    const as = actingAs(event, integration.CredentialsArn, sourceArn);
    const began = context.clock.now();
    const answer = await callFunction(context, { arn, as, event: payload });
    ran(event, { began, status: 200, sent: payload, received: answer.payload });
    if (answer.functionError !== undefined) throw refusals.functionFailed(answer.payload);
    return answer.payload;
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "NotEmulated") throw error;
    throw refusalFor(error);
  }
}

const MALFORMED = "Malformed Lambda proxy response";

type Answer = { readonly statusCode?: unknown; readonly body?: unknown; readonly headers?: unknown };

async function proxied(event: SocketEvent, integration: IntegrationRow): Promise<Outcome> {
  const payload = await invoke(event, integration, JSON.stringify(socketEvent(event)));
  const answer = parsedJson(payload);
  if (typeof answer !== "object" || answer === null) {
    if (event.eventType === "MESSAGE") return { status: 200, body: undefined };
    throw refusals.functionFailed(MALFORMED);
  }
  const { statusCode, body, headers } = answer as Answer;
  const status = Number(statusCode ?? 200);
  if (!Number.isInteger(status)) throw refusals.functionFailed(MALFORMED);
  return { status, body: typeof body === "string" ? body : undefined, headers: lowerNames(headers) };
}

function lowerNames(headers: unknown): Record<string, string> {
  if (typeof headers !== "object" || headers === null) return {};
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** A function by its ARN, any other service by its operation. */
async function mapped(event: SocketEvent, integration: IntegrationRow): Promise<Outcome> {
  const body = await requestBody(event, integration);
  const answer =
    functionArn(integration.IntegrationUri, event.stage.StageVariables) === undefined
      ? await serviceAnswer(event, integration, body)
      : { status: 200, body: Buffer.from(await invoke(event, integration, body.toString("utf8"))) };
  return { status: answer.status, body: await responseBody(event, integration, answer) };
}

async function serviceAnswer(
  event: SocketEvent,
  integration: IntegrationRow,
  body: Buffer,
): Promise<{ readonly status: number; readonly body: Buffer }> {
  const uri = withStageVariables(integration.IntegrationUri ?? "", event.stage.StageVariables);
  const message = requestMessage(event, integration, body);
  const wanted = serviceRequest(uri, integration.IntegrationMethod ?? "POST", message);
  if (wanted === undefined || integration.CredentialsArn === undefined)
    throw refusals.failed("The integration is not configured as the service needs it");
  try {
    const began = event.context.clock.now();
    const answer = await callService(event.context, wanted, actingAs(event, integration.CredentialsArn, ""));
    if (answer === undefined) throw refusals.failed("Unknown operation");
    ran(event, { began, status: answer.status, sent: message.body, received: answer.body });
    return answer;
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "NotEmulated") throw error;
    throw refusalFor(error);
  }
}

/** The template says the status; without one it is 200. */
async function mock(event: SocketEvent, integration: IntegrationRow): Promise<Outcome> {
  const templated = Object.keys(integration.RequestTemplates ?? {}).length > 0;
  const body = (await requestBody(event, integration)).toString("utf8");
  const said = templated ? /"?statusCode"?\s*:\s*"?(\d{3})/.exec(body)?.[1] : "200";
  if (said === undefined) throw refusals.failed("Unable to parse statusCode. It should be an integer.");
  const status = Number(said);
  return { status, body: await responseBody(event, integration, { status, body: Buffer.alloc(0) }) };
}
