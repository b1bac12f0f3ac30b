// Authorizers of Amazon Cognito user pools: an id token, or an access token where the method asks for scopes.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html

import { failures } from "../rules/failure.ts";
import type { Invocation } from "../rules/invocation.ts";
import { javaPattern } from "../rules/java-pattern.ts";
import { requestValue } from "../rules/request-value.ts";
import { claimTexts } from "../rules/token-claims.ts";
import type { AuthorizerRow } from "../store.ts";

/** The caller's claims, or a refusal. */
export async function askUserPools(
  invocation: Invocation,
  authorizer: AuthorizerRow,
  scopes: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const sent = requestValue(invocation, authorizer.identitySource ?? "") ?? "";
  const pools = authorizer.providerARNs ?? [];
  const token = await invocation.context.ports.userPools.verify(sent.replace(/^Bearer\s+/i, ""), pools);
  if (token === undefined) throw failures.unauthorized();
  if (token === "expired") throw failures.tokenOver();
  if (token.use !== (scopes.length === 0 ? "id" : "access")) throw failures.unauthorized();
  if (scopes.length > 0 && !scopes.some((scope) => token.scopes.includes(scope))) throw failures.unauthorized();
  checkAudience(authorizer.identityValidationExpression ?? "", token.claims["aud"]);
  return claimTexts(token.claims);
}

/** Access tokens have no audience: the expression refuses them all, as the console's help says. */
function checkAudience(expression: string, audience: unknown): void {
  if (expression === "") return;
  const pattern = javaPattern(expression);
  if (pattern === undefined) throw failures.authorizerMisconfigured();
  if (typeof audience !== "string" || !pattern.test(audience)) throw failures.unauthorized();
}
