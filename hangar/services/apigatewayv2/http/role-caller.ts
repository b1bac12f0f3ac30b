// Whom an integration or authorizer acts as: its role, the caller itself, or API Gateway.

import type { Caller, Principal } from "../../../cloud/operation.ts";
import type { ApiGatewayV2Context } from "../store.ts";

const CALLERS_OWN = "arn:aws:iam::*:user/*";

export type Acting = {
  readonly context: ApiGatewayV2Context;
  readonly account: string;
  readonly caller: Caller | undefined;
};

/** Throws what IAM throws for a role that is not there, or does not trust API Gateway. */
export function actingAs(
  { context, account, caller }: Acting,
  role: string | undefined,
  sourceArn: string,
): Caller | Principal {
  if (role === CALLERS_OWN && caller !== undefined) return caller;
  if (role !== undefined && role !== CALLERS_OWN)
    return context.ports.access.roleCaller(role, "apigateway.amazonaws.com", "BackplaneAssumeRoleSession");
  return { service: "apigateway.amazonaws.com", sourceArn, sourceAccount: account };
}
