// Lambda integrations that are not proxied: the event and the answer are what templates make of them.

import type { Integration } from "../../../models/apigateway.d.ts";
import type { IntegrationAnswer } from "../rules/integration-message.ts";
import type { Invocation } from "../rules/invocation.ts";
import { mapParameters, mappedBody } from "../rules/request-mapping.ts";
import type { Parse } from "../../../kernel/velocity/template-tree.ts";
import { invokeFunction } from "./invoke-function.ts";

export async function lambdaCustom(
  invocation: Invocation,
  integration: Integration,
  parse: Parse,
): Promise<IntegrationAnswer> {
  const request = {
    headers: new Map(),
    query: new Map(),
    path: new Map(),
    body: mappedBody(invocation, integration, parse),
  };
  mapParameters(invocation, integration, request);
  const kind = (request.headers.get("x-amz-invocation-type") as { values: readonly string[] } | undefined)?.values[0];
  const event = request.body.length === 0 ? "{}" : request.body.toString("utf8");
  const { payload, functionError } = await invokeFunction(invocation, integration, event, kind === "Event");
  return {
    status: kind === "Event" ? 202 : 200,
    headers: [
      ["Content-Type", "application/json"],
      ...(functionError === undefined ? [] : [["X-Amz-Function-Error", functionError] as const]),
    ],
    body: Buffer.from(payload),
    selector: functionError === undefined ? "" : errorMessage(payload),
  };
}

function errorMessage(payload: string): string {
  try {
    const { errorMessage: message = "" } = JSON.parse(payload) as { errorMessage?: unknown };
    return typeof message === "string" ? message : JSON.stringify(message);
  } catch {
    return "";
  }
}
