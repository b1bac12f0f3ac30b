// Lets a request in, or refuses it: the API's policy, a signature, or an authorizer.

import { AwsError } from "../../../kernel/aws-error.ts";
import { verdictOf, type Verdict } from "../../../kernel/invoke-policy.ts";
import { failures, GatewayFailure } from "../rules/failure.ts";
import { methodArn, type Invocation } from "../rules/invocation.ts";
import type { Route } from "../rules/routes.ts";
import { unsigned } from "../rules/unsigned.ts";
import type { AuthorizerRow, MethodRow } from "../store.ts";
import { askAuthorizer } from "./lambda-authorizer.ts";
import { anonymousDenied, checkSigned, policyVerdict, verdictFor } from "./resource-policy.ts";
import { askUserPools } from "./user-pool-authorizer.ts";

export async function authorize(invocation: Invocation, { method }: Route): Promise<void> {
  switch (method.authorizationType ?? "NONE") {
    case "NONE":
      return checkPolicyAlone(invocation);
    case "AWS_IAM":
      return checkSignature(invocation);
    case "CUSTOM":
      return checkAuthorizer(invocation, method.authorizerId ?? "");
    case "COGNITO_USER_POOLS":
      return checkUserPools(invocation, method);
    default:
      throw failures.authorizerMisconfigured();
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
  const authorizer = authorizerOf(invocation, id);
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

/** A token allows nothing by itself: where the API has a policy, that must. */
async function checkUserPools(invocation: Invocation, method: MethodRow): Promise<void> {
  const authorizer = authorizerOf(invocation, method.authorizerId ?? "");
  const claims = await askUserPools(invocation, authorizer, method.authorizationScopes ?? []);
  invocation.authorizer = { claims };
  checkPolicyAlone(invocation);
}

function authorizerOf({ compiled }: Invocation, id: string): AuthorizerRow {
  const authorizer = compiled.authorizers.get(id);
  if (authorizer === undefined) throw failures.authorizerMisconfigured();
  return authorizer;
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
