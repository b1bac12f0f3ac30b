// Calls a function for an API: with the integration's role, or as API Gateway itself under the function's policy.

import type { Integration } from "../../../models/apigateway.d.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { failures } from "../rules/failure.ts";
import { functionOf } from "../rules/integration.ts";
import { withStageVariables } from "../rules/integration-message.ts";
import { policyArn, type Invocation } from "../rules/invocation.ts";
import { roleCaller } from "./role-caller.ts";

export type FunctionAnswer = { readonly payload: string; readonly functionError?: string | undefined };

/** An event alone (`X-Amz-Invocation-Type: Event`) is answered before the function runs. */
export async function invokeFunction(
  invocation: Invocation,
  integration: Integration,
  event: string,
  asynchronous = false,
): Promise<FunctionAnswer> {
  const { context, account } = invocation;
  const arn = functionOf(withStageVariables(integration.uri ?? "", invocation.stage.variables));
  if (arn === undefined) throw failures.misconfigured();
  try {
    const caller = roleCaller(invocation, integration.credentials);
    const as = caller ?? {
      service: "apigateway.amazonaws.com",
      sourceArn: policyArn(invocation),
      sourceAccount: account,
    };
    if (caller === undefined && !asynchronous && "service" in as) {
      const answer = await context.ports.functions.invoke(arn, event, as);
      return { payload: Buffer.from(answer.payload).toString("utf8"), functionError: answer.functionError };
    }
    const output = await context.ports.api.call(
      "lambda",
      "Invoke",
      {
        FunctionName: arn,
        Payload: Buffer.from(event),
        InvocationType: asynchronous ? "Event" : "RequestResponse",
      },
      { as, ...placeOf(arn) },
    );
    const { Payload, FunctionError } = output as { Payload?: Uint8Array; FunctionError?: string };
    return { payload: Buffer.from(Payload ?? []).toString("utf8"), functionError: FunctionError };
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "NotEmulated") throw error;
    throw failures.misconfigured();
  }
}

function placeOf(arn: string): { readonly region?: string; readonly account?: string } {
  const [, , , region, account] = arn.split(":");
  return {
    ...(region === undefined || region === "" ? {} : { region }),
    ...(account === undefined || account === "" ? {} : { account }),
  };
}
