// Calls the function of an integration: with the integration's role, or as API Gateway under the function's policy.

import type { Integration } from "../../../models/apigateway.d.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { failures } from "../rules/failure.ts";
import { functionOf } from "../rules/integration.ts";
import { withStageVariables } from "../rules/integration-message.ts";
import { policyArn, type Invocation } from "../rules/invocation.ts";
import { callFunction, type FunctionAnswer } from "../../../cloud/call-function.ts";
import { roleCaller } from "./role-caller.ts";

/** Whatever Lambda refuses is an error in the API's configuration. */
export async function invokeFunction(
  invocation: Invocation,
  integration: Integration,
  event: string,
  asynchronous = false,
): Promise<FunctionAnswer> {
  const arn = functionOf(withStageVariables(integration.uri ?? "", invocation.stage.variables));
  // Functions are invoked with POST: any other method is one that Lambda does not know.
  if (arn === undefined || integration.httpMethod !== "POST") throw failures.misconfigured("Invalid endpoint address");
  try {
    const as = roleCaller(invocation, integration.credentials) ?? {
      service: "apigateway.amazonaws.com",
      sourceArn: policyArn(invocation),
      sourceAccount: invocation.account,
    };
    return await callFunction(invocation.context, { arn, as, event, asynchronous });
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "NotEmulated") throw error;
    if (error.code === "RequestTooLargeException") throw failures.tooLarge();
    throw failures.misconfigured(
      error.code.startsWith("AccessDenied") ? "Invalid permissions on Lambda function" : error.message,
    );
  }
}
