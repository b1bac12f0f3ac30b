// Lambda proxy integrations: the request as an event of either format, the function's answer as the response.

import { callFunction, type FunctionAnswer } from "../../../cloud/call-function.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { functionArn } from "../rules/function-uri.ts";
import { policyArn, type Invocation } from "../rules/invocation.ts";
import { responseOf1, responseOf2 } from "../rules/lambda-answer.ts";
import { eventOf1, eventOf2 } from "../rules/lambda-event.ts";
import { mapRequest } from "../rules/parameters.ts";
import { refusals, type Refusal } from "../rules/refusal.ts";
import type { IntegrationRow } from "../store.ts";
import type { Answer } from "./answer.ts";
import { actingAs } from "./role-caller.ts";

export async function lambdaProxy(invocation: Invocation, integration: IntegrationRow): Promise<Answer> {
  const newer = integration.PayloadFormatVersion === "2.0";
  const seen =
    integration.RequestParameters === undefined ? invocation : mapped(invocation, integration.RequestParameters);
  const event = JSON.stringify(newer ? eventOf2(seen) : eventOf1(seen));
  const began = invocation.context.clock.now();
  const { payload, functionError } = await invoke(invocation, integration, event);
  const latency = invocation.context.clock.now() - began;
  invocation.integration = { status: 200, latency, ...(functionError === undefined ? {} : { error: payload }) };
  if (functionError !== undefined) throw refusals.failed(payload);
  const response = newer ? responseOf2(payload) : responseOf1(payload);
  if (response === undefined)
    throw refusals.failed("The response from the Lambda function doesn't match the format that API Gateway expects.");
  return response;
}

/** The request as the integration changes it. */
function mapped(invocation: Invocation, parameters: Readonly<Record<string, string>>): Invocation {
  const headers = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(invocation.headers)) headers.set(name, [value]);
  const parts = { headers, query: new Map(invocation.query), path: undefined as string | undefined };
  mapRequest(invocation, parameters, parts);
  const search = new URLSearchParams();
  for (const [name, values] of parts.query) for (const value of values) search.append(name, value);
  const changedQuery = Object.keys(parameters).some((name) => name.includes(":querystring."));
  return {
    ...invocation,
    headers: Object.fromEntries([...headers].map(([name, values]) => [name, values.join(",")])),
    rawHeaders: [...headers].flatMap(([name, values]) => values.flatMap((value) => [name, value])),
    query: parts.query,
    rawQuery: changedQuery ? search.toString() : invocation.rawQuery,
    fullPath: parts.path ?? invocation.fullPath,
  };
}

async function invoke(invocation: Invocation, integration: IntegrationRow, event: string): Promise<FunctionAnswer> {
  const arn = functionArn(integration.IntegrationUri, invocation.stage.StageVariables);
  if (arn === undefined) throw refusals.failed("The integration names no Lambda function");
  try {
    const as = actingAs(invocation, integration.CredentialsArn, policyArn(invocation));
    return await callFunction(invocation.context, { arn, as, event });
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "NotEmulated") throw error;
    throw refusalFor(error);
  }
}

export function refusalFor({ code, message, status }: AwsError): Refusal {
  if (code === "RequestTooLargeException") return refusals.tooLarge();
  if (code.startsWith("AccessDenied"))
    return refusals.failed(
      "The IAM role configured on the integration or API Gateway doesn't have permissions to call the integration. Check the permissions and try again.",
    );
  return status === 429 || status === 503 ? refusals.unavailable(message) : refusals.failed(message);
}
