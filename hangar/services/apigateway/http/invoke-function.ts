// Calls the function of an integration: with the integration's role, or as API Gateway under the function's policy.

import type { Integration } from "../../../models/apigateway.d.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { failures } from "../rules/failure.ts";
import { functionOf } from "../rules/integration.ts";
import { withStageVariables } from "../rules/integration-message.ts";
import { policyArn, type Invocation, type Sent } from "../rules/invocation.ts";
import { callFunction, type FunctionAnswer, type FunctionCall } from "../../../cloud/call-function.ts";
import { roleCaller } from "./role-caller.ts";

export async function invokeFunction(
  invocation: Invocation,
  integration: Integration,
  event: string,
  how: Pick<FunctionCall, "kind" | "clientContext"> = {},
): Promise<FunctionAnswer> {
  return functionCall(invocation, integration, async ({ arn, as }) => {
    const { exchange } = invocation;
    if (exchange !== undefined) exchange.sent = sentTo(invocation, arn, event);
    const answer = await callFunction(invocation.context, { arn, as, event, ...how });
    if (exchange !== undefined) exchange.received = { headers: [TYPE], body: answer.payload };
    return answer;
  });
}

const TYPE = ["Content-Type", "application/json"] as const;

/** As a log tells of it: there is no HTTP on the way to a function here. */
function sentTo({ region, api, requestId }: Invocation, arn: string, body: string): Sent {
  return {
    uri: `https://lambda.${region}.amazonaws.com/2015-03-31/functions/${arn}/invocations`,
    headers: [
      ["x-amzn-lambda-integration-tag", requestId],
      ["x-amzn-apigateway-api-id", api.id],
      ["Accept", "application/json"],
      ["User-Agent", `AmazonAPIGateway_${api.id}`],
    ],
    body,
  };
}

/** Whatever Lambda refuses is an error in the API's configuration. */
export async function functionCall<Result>(
  invocation: Invocation,
  integration: Integration,
  call: (target: Pick<FunctionCall, "arn" | "as">) => Promise<Result>,
): Promise<Result> {
  const arn = functionOf(withStageVariables(integration.uri ?? "", invocation.stage.variables));
  // Functions are invoked with POST: any other method is one that Lambda does not know.
  if (arn === undefined || integration.httpMethod !== "POST") throw failures.misconfigured("Invalid endpoint address");
  try {
    const as = roleCaller(invocation, integration.credentials) ?? {
      service: "apigateway.amazonaws.com",
      sourceArn: policyArn(invocation),
      sourceAccount: invocation.account,
    };
    return await call({ arn, as });
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "NotEmulated") throw error;
    if (error.code === "RequestTooLargeException") throw failures.tooLarge();
    throw failures.misconfigured(
      error.code.startsWith("AccessDenied") ? "Invalid permissions on Lambda function" : error.message,
    );
  }
}
