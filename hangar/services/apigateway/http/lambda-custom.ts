// Lambda integrations that are not proxied: the event and the answer are what templates make of them.

import type { Integration } from "../../../models/apigateway.d.ts";
import type { IntegrationAnswer, IntegrationRequest } from "../rules/integration-message.ts";
import type { Invocation } from "../rules/invocation.ts";
import { mapParameters, mappedBody } from "../rules/request-mapping.ts";
import type { Parse } from "../../../kernel/velocity/template-tree.ts";
import { invokeFunction } from "./invoke-function.ts";

export async function lambdaCustom(
  invocation: Invocation,
  integration: Integration,
  parse: Parse,
): Promise<IntegrationAnswer> {
  const request: IntegrationRequest = {
    headers: new Map(),
    query: new Map(),
    path: new Map(),
    body: mappedBody(invocation, integration, parse),
  };
  mapParameters(invocation, integration, request);
  const mapped = (name: string): string | undefined => request.headers.get(name)?.values.at(-1);
  const type = mapped("x-amz-invocation-type");
  const kind = type === "Event" || type === "DryRun" ? type : undefined;
  const event = request.body.length === 0 ? "{}" : request.body.toString("utf8");
  const { payload, functionError } = await invokeFunction(invocation, integration, event, {
    kind,
    clientContext: mapped("x-amz-client-context"),
  });
  return {
    status: kind === undefined ? 200 : STATUSES[kind],
    headers: [
      ["Content-Type", "application/json"],
      ...(functionError === undefined ? [] : [["X-Amz-Function-Error", functionError] as const]),
    ],
    body: Buffer.from(payload),
    selector: functionError === undefined ? "" : errorMessage(payload),
  };
}

/** Lambda's own. */
const STATUSES = { Event: 202, DryRun: 204 } as const;

function errorMessage(payload: string): string {
  try {
    const { errorMessage: message = "" } = JSON.parse(payload) as { errorMessage?: unknown };
    return typeof message === "string" ? message : JSON.stringify(message);
  } catch {
    return "";
  }
}
