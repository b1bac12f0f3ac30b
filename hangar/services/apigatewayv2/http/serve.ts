// The way of a request through an HTTP API: route, throttle, authorise, answer preflights, integrate, log.

import { within } from "../../../cloud/deadline.ts";
import { integrationFor } from "../rules/compiled-api.ts";
import { corsHeaders, preflightHeaders } from "../rules/cors.ts";
import { longest } from "../rules/integration.ts";
import type { Invocation } from "../rules/invocation.ts";
import { Refusal, refusals } from "../rules/refusal.ts";
import { matchRoute } from "../rules/routes.ts";
import { writeAccessLog } from "./access-log.ts";
import { refusalAnswer, type Answer } from "./answer.ts";
import type { RouteRow } from "../store.ts";
import { authorize } from "./authorize.ts";
import { integrate } from "./integrate.ts";
import { throttle } from "./throttle.ts";

/** `body` is undefined when it was too large to take. */
export async function serve(invocation: Invocation, body: Buffer | undefined): Promise<Answer> {
  const answer = await run(invocation, body);
  if (invocation.stage.AccessLogSettings !== undefined && !invocation.context.world.disposed)
    await writeAccessLog(invocation, answer);
  return answer;
}

async function run(invocation: Invocation, body: Buffer | undefined): Promise<Answer> {
  try {
    if (body === undefined) throw refusals.tooLarge();
    invocation.body = body;
    return isPreflight(invocation) ? await preflight(invocation) : withCors(invocation, await routed(invocation));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    invocation.refusal = error;
    return withCors(invocation, refusalAnswer(error));
  }
}

async function routed(invocation: Invocation): Promise<Answer> {
  const route = await allowedRoute(invocation);
  if (route === undefined) throw refusals.notFound();
  const integration = integrationFor(invocation.compiled, route.Target);
  if (integration === undefined) throw refusals.failed("No integration is attached to this route");
  return within(invocation.context, {
    milliseconds: integration.TimeoutInMillis ?? longest(invocation.api),
    topic: invocation.requestId,
    run: () => integrate(invocation, integration),
    late: refusals.timedOut,
  });
}

/** Undefined where no route matches. */
async function allowedRoute(invocation: Invocation): Promise<RouteRow | undefined> {
  const { compiled, httpMethod, path } = invocation;
  const matched = matchRoute(compiled.routes, httpMethod, path);
  if (matched === undefined) return undefined;
  invocation.route = matched;
  invocation.context.span.attributes["serves"] = `${invocation.api.ApiId} ${matched.route.RouteKey}`;
  throttle(invocation, matched.route.RouteKey);
  await authorize(invocation, matched.route);
  return matched.route;
}

/** Where CORS is configured the gateway answers these itself, whatever routes there are. */
function isPreflight({ compiled, httpMethod, headers }: Invocation): boolean {
  return (
    httpMethod === "OPTIONS" &&
    compiled.snapshot.cors !== undefined &&
    headers["origin"] !== undefined &&
    headers["access-control-request-method"] !== undefined
  );
}

/** A route that catches OPTIONS guards them too: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
async function preflight(invocation: Invocation): Promise<Answer> {
  await allowedRoute(invocation);
  const { compiled, headers } = invocation;
  return { status: 204, headers: preflightHeaders(compiled.snapshot.cors ?? {}, headers["origin"] ?? ""), body: "" };
}

/** The API's configuration replaces whatever CORS headers the integration sends. */
function withCors({ compiled, headers }: Invocation, answer: Answer): Answer {
  const { cors } = compiled.snapshot;
  if (cors === undefined) return answer;
  const own = answer.headers.filter(([name]) => !name.startsWith("access-control-"));
  const origin = headers["origin"];
  return { ...answer, headers: origin === undefined ? own : [...own, ...corsHeaders(cors, origin)] };
}
