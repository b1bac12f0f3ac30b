// Lets a request in, or refuses it: the API's policy, a signature, or an authorizer.

import { notEmulated, AwsError } from "../../../kernel/aws-error.ts";
import { verdictOf, type Verdict } from "../../../kernel/invoke-policy.ts";
import { failures, GatewayFailure } from "../rules/failure.ts";
import { methodArn, type Invocation } from "../rules/invocation.ts";
import type { Route } from "../rules/routes.ts";
import { unsigned } from "../rules/unsigned.ts";
import { askAuthorizer } from "./lambda-authorizer.ts";
import { anonymousDenied, checkSigned, policyVerdict, verdictFor } from "./resource-policy.ts";

export async function authorize(invocation: Invocation, { method }: Route): Promise<void> {
  switch (method.authorizationType ?? "NONE") {
    case "NONE":
      return checkPolicyAlone(invocation);
    case "AWS_IAM":
      return checkSignature(invocation);
    case "CUSTOM":
      return checkAuthorizer(invocation, method.authorizerId ?? "");
    default:
      throw notEmulated("authorizers of Amazon Cognito user pools (COGNITO_USER_POOLS)");
  }
}

function checkPolicyAlone(invocation: Invocation): void {
  const verdict = policyVerdict(invocation);
  if (verdict !== undefined && verdict !== "allow") throw anonymousDenied(invocation, verdict);
}

function checkSignature(invocation: Invocation): void {
  const { caller } = invocation.context;
  if (caller.kind === "anonymous") throw unsigned(invocation);
  invocation.caller = caller;
  checkSigned(invocation, caller);
}

/** One of both policies must allow, neither may deny. */
async function checkAuthorizer(invocation: Invocation, id: string): Promise<void> {
  const authorizer = invocation.compiled.authorizers.get(id);
  if (authorizer === undefined) throw failures.authorizerMisconfigured();
  const own = policyVerdict(invocation);
  if (own === "explicit-deny") throw anonymousDenied(invocation, own);
  const { principalId, policy, values, usageIdentifierKey, latency } = await askAuthorizer(invocation, authorizer);
  invocation.authorizer = { principalId, values, latency };
  invocation.usageIdentifierKey = usageIdentifierKey;
  const verdict = verdictOn(invocation, policy);
  if (verdict === "allow" || (verdict === "implicit-deny" && own === "allow")) return;
  const suffix = verdict === "explicit-deny" ? " with an explicit deny in an identity-based policy" : "";
  throw failures.denied(`User is not authorized to access this resource${suffix}`);
}

function verdictOn(invocation: Invocation, policy: unknown): Verdict {
  try {
    return verdictOf(policy, methodArn(invocation)) ?? conditionalVerdict(invocation, policy);
  } catch (error) {
    if (error instanceof AwsError || error instanceof GatewayFailure) throw error;
    throw failures.authorizerMisconfigured();
  }
}

/** Statements of a caller's own policy name no principal: it is this one. */
function conditionalVerdict(invocation: Invocation, policy: unknown): Verdict {
  const { Statement } = policy as { readonly Statement: unknown };
  const statements = [Statement].flat().map((each) => ({ ...(each as object), Principal: "*" }));
  return verdictFor(invocation, JSON.stringify({ Version: "2012-10-17", Statement: statements }));
}
