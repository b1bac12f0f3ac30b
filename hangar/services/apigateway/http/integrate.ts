// A method's integration, run by its type.

import { notEmulated } from "../../../kernel/aws-error.ts";
import { failures } from "../rules/failure.ts";
import type { Invocation } from "../rules/invocation.ts";
import type { Route } from "../rules/routes.ts";
import type { Answer } from "./answer.ts";
import { lambdaProxy } from "./lambda-proxy.ts";

export async function integrate(invocation: Invocation, route: Route): Promise<Answer> {
  const integration = route.method.methodIntegration;
  if (integration === undefined) throw failures.misconfigured();
  switch (integration.type) {
    case "AWS_PROXY":
      return lambdaProxy(invocation, integration);
    default:
      throw notEmulated(`integrations of type ${String(integration.type)}`);
  }
}
