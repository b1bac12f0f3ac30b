// A method's integration, run by its type.

import type { Integration } from "../../../models/apigateway.d.ts";
import { failures } from "../rules/failure.ts";
import { functionOf } from "../rules/integration.ts";
import { withStageVariables, type IntegrationAnswer } from "../rules/integration-message.ts";
import type { Invocation } from "../rules/invocation.ts";
import { remapped } from "../rules/remapped-headers.ts";
import { mappedResponse } from "../rules/response-mapping.ts";
import { templateParser, type Parse } from "../../../kernel/velocity/template-tree.ts";
import type { Answer } from "./answer.ts";
import { awsService } from "./aws-service.ts";
import { httpCustom, httpProxy, streamedHttpProxy } from "./http-endpoint.ts";
import { lambdaCustom } from "./lambda-custom.ts";
import { lambdaProxy } from "./lambda-proxy.ts";
import { mock } from "./mock.ts";
import { inTime } from "./streamed-body.ts";

export async function integrate(invocation: Invocation, integration: Integration): Promise<Answer> {
  invocation.integrationAt = invocation.context.clock.now();
  switch (integration.type) {
    case "AWS_PROXY":
      return lambdaProxy(invocation, integration);
    case "MOCK":
      return custom(invocation, integration, (parse) => Promise.resolve(mock(invocation, integration, parse)));
    case "AWS": {
      const lambda = functionOf(withStageVariables(integration.uri ?? "", invocation.stage.variables)) !== undefined;
      const run = lambda ? lambdaCustom : awsService;
      return custom(invocation, integration, (parse) => run(invocation, integration, parse));
    }
    case "HTTP":
      return custom(invocation, integration, (parse) => httpCustom(invocation, integration, parse));
    case "HTTP_PROXY":
      if (integration.responseTransferMode === "STREAM") return streamed(invocation, integration);
      return passed(invocation, await httpProxy(invocation, integration));
    default:
      throw failures.misconfigured();
  }
}

async function custom(
  invocation: Invocation,
  integration: Integration,
  run: (parse: Parse) => Promise<IntegrationAnswer>,
): Promise<Answer> {
  const parse = await templateParser();
  const answer = await run(parse);
  invocation.integration = { status: answer.status, latency: latencyOf(invocation) };
  const response = mappedResponse(invocation, integration, answer, parse);
  const traced = integration.type === "MOCK" ? [] : [["X-Amzn-Trace-Id", invocation.traceId] as const];
  if (Number.isNaN(response.status)) throw failures.misconfigured();
  return { ...response, headers: [...traced, ...response.headers] };
}

/** An endpoint's answer as it is, but for the headers that API Gateway keeps for itself. */
function passed(invocation: Invocation, { status, headers, body }: IntegrationAnswer): Answer {
  invocation.integration = { status, latency: latencyOf(invocation) };
  const typed = headers.some(([name]) => name.toLowerCase() === "content-type");
  const plain: readonly (readonly [string, string])[] = typed ? [] : [["Content-Type", "application/json"]];
  return { status, headers: [...plain, ...remapped(headers.filter(([name]) => !OWN.has(name.toLowerCase())))], body };
}

async function streamed(invocation: Invocation, integration: Integration): Promise<Answer> {
  const { status, headers, stream } = await streamedHttpProxy(invocation, integration);
  const answer = passed(invocation, { status, headers, body: Buffer.alloc(0), selector: "" });
  return { ...answer, stream: inTime(invocation, integration, stream[Symbol.asyncIterator]()) };
}

function latencyOf({ context, integrationAt, startedAt }: Invocation): number {
  return context.clock.now() - (integrationAt ?? startedAt);
}

const OWN = new Set(["keep-alive", "x-amz-apigw-id"]);
