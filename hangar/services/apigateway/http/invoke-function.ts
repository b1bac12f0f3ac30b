// Calls a function for an API: with the integration's role, or as API Gateway itself under the function's policy.

import type { Integration } from "../../../models/apigateway.d.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { failures } from "../rules/failure.ts";
import { functionOf } from "../rules/integration.ts";
import { policyArn, type Invocation } from "../rules/invocation.ts";

export type FunctionAnswer = { readonly payload: string; readonly functionError?: string | undefined };

export async function invokeFunction(
  invocation: Invocation,
  { uri = "" }: Integration,
  event: string,
): Promise<FunctionAnswer> {
  const { context, account } = invocation;
  const arn = functionOf(uri);
  if (arn === undefined) throw failures.misconfigured();
  try {
    const answer = await context.ports.functions.invoke(arn, event, {
      service: "apigateway.amazonaws.com",
      sourceArn: policyArn(invocation),
      sourceAccount: account,
    });
    return { payload: Buffer.from(answer.payload).toString("utf8"), functionError: answer.functionError };
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "NotEmulated") throw error;
    throw failures.misconfigured();
  }
}
