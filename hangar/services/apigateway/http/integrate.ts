// A method's integration, run by its type.

import type { Integration } from "../../../models/apigateway.d.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { failures } from "../rules/failure.ts";
import { functionOf } from "../rules/integration.ts";
import { withStageVariables, type IntegrationAnswer } from "../rules/integration-message.ts";
import type { Invocation } from "../rules/invocation.ts";
import { mappedResponse } from "../rules/response-mapping.ts";
import { templateParser, type Parse } from "../rules/template/template-tree.ts";
import type { Answer } from "./answer.ts";
import { lambdaCustom } from "./lambda-custom.ts";
import { lambdaProxy } from "./lambda-proxy.ts";
import { mock } from "./mock.ts";

export async function integrate(invocation: Invocation, integration: Integration): Promise<Answer> {
  switch (integration.type) {
    case "AWS_PROXY":
      return lambdaProxy(invocation, integration);
    case "MOCK":
      return custom(invocation, integration, (parse) => Promise.resolve(mock(invocation, integration, parse)));
    case "AWS": {
      if (functionOf(withStageVariables(integration.uri ?? "", invocation.stage.variables)) !== undefined)
        return custom(invocation, integration, (parse) => lambdaCustom(invocation, integration, parse));
      throw notEmulated(`integrations with ${String(integration.uri)}`);
    }
    default:
      throw notEmulated(`integrations of type ${String(integration.type)}`);
  }
}

async function custom(
  invocation: Invocation,
  integration: Integration,
  run: (parse: Parse) => Promise<IntegrationAnswer>,
): Promise<Answer> {
  const parse = await templateParser();
  const answer = await run(parse);
  invocation.integration = { status: answer.status, latency: invocation.context.clock.now() - invocation.startedAt };
  const response = mappedResponse(invocation, integration, answer, parse);
  const traced = integration.type === "MOCK" ? [] : [["X-Amzn-Trace-Id", invocation.traceId] as const];
  if (Number.isNaN(response.status)) throw failures.misconfigured();
  return { ...response, headers: [...traced, ...response.headers] };
}
