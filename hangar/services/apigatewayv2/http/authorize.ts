// Lets a request in, or refuses it: a signature, a token, or what a function says.

import { verdictOf } from "../../../kernel/invoke-policy.ts";
import { routeArn, type Invocation } from "../rules/invocation.ts";
import { refusals } from "../rules/refusal.ts";
import type { AuthorizerRow, RouteRow } from "../store.ts";
import { checkSignature } from "./signature.ts";
import { askAuthorizer } from "./lambda-authorizer.ts";
import { checkToken } from "./token.ts";

/** Undefined when nothing has to be waited for. */
export function authorize(invocation: Invocation, route: RouteRow): Promise<void> | undefined {
  switch (route.AuthorizationType ?? "NONE") {
    case "NONE":
      return undefined;
    case "AWS_IAM":
      checkSignature(invocation, routeArn(invocation));
      return undefined;
    case "JWT":
      return checkToken(invocation, authorizerOf(invocation, route), route.AuthorizationScopes ?? []);
    default:
      return checkFunction(invocation, authorizerOf(invocation, route));
  }
}

function authorizerOf({ compiled }: Invocation, { AuthorizerId = "" }: RouteRow): AuthorizerRow {
  const authorizer = compiled.authorizers.get(AuthorizerId);
  if (authorizer === undefined) throw refusals.authorizerFailed("The authorizer of this route is gone");
  return authorizer;
}

async function checkFunction(invocation: Invocation, authorizer: AuthorizerRow): Promise<void> {
  const { allowed, policy, principalId, values } = await askAuthorizer(invocation, authorizer);
  invocation.authorizer = { kind: "lambda", principalId, values };
  const granted = allowed ?? verdictOf(policy, routeArn(invocation)) === "allow";
  if (!granted) throw refusals.forbidden();
}
