// Who an integration calls AWS as: the role it names, or the caller of the API itself.

import type { Caller } from "../../../cloud/operation.ts";
import { failures } from "../rules/failure.ts";
import { withStageVariables } from "../rules/integration-message.ts";
import type { Invocation } from "../rules/invocation.ts";

const CALLERS_OWN = /^arn:aws[a-z-]*:iam::\*:user\/\*$/;

/** Undefined without credentials: then API Gateway calls as itself. */
export function roleCaller(invocation: Invocation, credentials: string | undefined): Caller | undefined {
  const arn = withStageVariables(credentials ?? "", invocation.stage.variables);
  if (arn === "") return undefined;
  if (CALLERS_OWN.test(arn)) {
    if (invocation.caller === undefined || invocation.caller.kind === "anonymous") throw failures.misconfigured();
    return invocation.caller;
  }
  return invocation.context.ports.access.roleCaller(arn, "apigateway.amazonaws.com", "BackplaneAssumeRoleSession");
}
