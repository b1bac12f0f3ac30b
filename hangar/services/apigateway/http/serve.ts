// The way of a request through an API: route, authorise, meter, validate, look into the cache, integrate, log.

import { TemplateFailure } from "../../../kernel/velocity/template-failure.ts";
import { failures, GatewayFailure } from "../rules/failure.ts";
import type { Invocation } from "../rules/invocation.ts";
import { routeFor, type Route } from "../rules/routes.ts";
import { unsigned } from "../rules/unsigned.ts";
import { writeAccessLog } from "./access-log.ts";
import type { Answer } from "./answer.ts";
import { authorize } from "./authorize.ts";
import { compressed, decompressed } from "./compress.ts";
import { within } from "../../../cloud/deadline.ts";
import { isTraced, writeExecutionLog } from "./execution-log.ts";
import { failureAnswer } from "./failure-answer.ts";
import { integrate } from "./integrate.ts";
import { loggedAtEnd } from "./streamed-body.ts";
import { meter } from "./meter.ts";
import { throughCache } from "./response-cache.ts";
import { validateRequest } from "./validate-request.ts";

const LONGEST = 29_000;

export async function serve(invocation: Invocation, body: Buffer): Promise<Answer> {
  const answer = compressed(invocation, await orRefusal(invocation, () => run(invocation, body)));
  if (invocation.context.world.disposed) return answer;
  if (answer.stream !== undefined) return { ...answer, stream: loggedAtEnd(invocation, answer, answer.stream) };
  await writeAccessLog(invocation, answer);
  await writeExecutionLog(invocation, answer);
  return answer;
}

/** What a method does once the caller may call it. */
export async function runMethod(invocation: Invocation, route: Route): Promise<Answer> {
  return orRefusal(invocation, async () => {
    await validateRequest(invocation, route);
    return integrateInTime(invocation, route);
  });
}

async function orRefusal(invocation: Invocation, run: () => Promise<Answer>): Promise<Answer> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof TemplateFailure) return failureAnswer(invocation, failures.misconfigured(error.message));
    if (!(error instanceof GatewayFailure)) throw error;
    return failureAnswer(invocation, error);
  }
}

async function run(invocation: Invocation, body: Buffer): Promise<Answer> {
  invocation.body = decompressed(invocation, body);
  const route = routeFor(invocation.compiled.routes, invocation.httpMethod, invocation.path);
  if (route === undefined) throw unsigned(invocation);
  invocation.route = route;
  if (isTraced(invocation, route)) invocation.exchange = {};
  invocation.context.span.attributes["serves"] =
    `${invocation.api.id} ${route.method.httpMethod} ${route.resource.path}`;
  await authorize(invocation, route);
  meter(invocation, route);
  await validateRequest(invocation, route);
  return throughCache(invocation, route, () => integrateInTime(invocation, route));
}

async function integrateInTime(invocation: Invocation, route: Route): Promise<Answer> {
  const integration = route.method.methodIntegration;
  if (integration === undefined) throw failures.misconfigured();
  if (integration.type === "MOCK") return integrate(invocation, integration);
  return within(invocation.context, {
    milliseconds: integration.timeoutInMillis ?? LONGEST,
    topic: `apigateway.answered.${invocation.requestId}`,
    run: () => integrate(invocation, integration),
    late: failures.timedOut,
  });
}
