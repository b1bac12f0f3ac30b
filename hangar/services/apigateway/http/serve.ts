// The way of a request through an API: route, authorise, meter, validate, integrate.

import { failures, GatewayFailure } from "../rules/failure.ts";
import type { Invocation } from "../rules/invocation.ts";
import { routeFor } from "../rules/routes.ts";
import type { Answer } from "./answer.ts";
import { failureAnswer } from "./failure-answer.ts";
import { integrate } from "./integrate.ts";

/** `body` is undefined when it was too large to take. */
export async function serve(invocation: Invocation, body: Buffer | undefined): Promise<Answer> {
  try {
    if (body === undefined) throw failures.tooLarge();
    invocation.body = body;
    const route = routeFor(invocation.compiled.routes, invocation.httpMethod, invocation.path);
    if (route === undefined) throw failures.missingToken();
    invocation.route = route;
    const integration = route.method.methodIntegration;
    if (integration === undefined) throw failures.misconfigured();
    return await integrate(invocation, integration);
  } catch (error) {
    if (!(error instanceof GatewayFailure)) throw error;
    return failureAnswer(invocation, error);
  }
}
