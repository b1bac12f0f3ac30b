// An API's own policy: who may call which method, whatever else lets them in.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html

import type { Caller } from "../../../cloud/operation.ts";
import type { AccessNeed, Decision } from "../../../ports/access.ts";
import { failures, type GatewayFailure } from "../rules/failure.ts";
import { header, methodArn, type Invocation } from "../rules/invocation.ts";
import type { Verdict } from "../../../kernel/invoke-policy.ts";

const ANONYMOUS: Caller = { kind: "anonymous", account: "anonymous", arn: "*", userId: "anonymous" };

/** Undefined when the API has no policy. Nobody in particular is asked about: the caller is not known by IAM here. */
export function policyVerdict(invocation: Invocation): Verdict | undefined {
  const policy = policyOf(invocation);
  return policy === undefined ? undefined : verdictFor(invocation, policy);
}

/** Of a document whose principals are everybody. */
export function verdictFor(invocation: Invocation, policy: string): Verdict {
  const decision = decide(invocation, ANONYMOUS, policy);
  if (decision.allowed) return "allow";
  return deniedExplicitly(decision) ? "explicit-deny" : "implicit-deny";
}

export function anonymousDenied(invocation: Invocation, verdict: Verdict): GatewayFailure {
  const suffix = verdict === "explicit-deny" ? " with an explicit deny" : "";
  const arn = masked(methodArn(invocation), invocation.account);
  return failures.denied(
    `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${arn}${suffix}`,
  );
}

/** A signed call: the caller's policies and the API's together. */
export function checkSigned(invocation: Invocation, caller: Caller): void {
  const refusal = signedRefusal(invocation, caller, "Invoke");
  if (refusal !== undefined) throw refusal;
}

/** Only a signed call can be known to be allowed to pass the stage's cache by. */
export function mayInvalidate(invocation: Invocation): boolean {
  const { caller } = invocation;
  return caller !== undefined && signedRefusal(invocation, caller, "InvalidateCache") === undefined;
}

export function checkInvalidation(invocation: Invocation): void {
  const refusal = signedRefusal(invocation, invocation.caller ?? ANONYMOUS, "InvalidateCache");
  if (refusal !== undefined) throw refusal;
}

function signedRefusal(invocation: Invocation, caller: Caller, action: Action): GatewayFailure | undefined {
  const policy = policyOf(invocation);
  if (caller.kind === "root" && caller.account === invocation.account && policy === undefined) return undefined;
  const decision = decide(invocation, caller, policy, action);
  return decision.allowed ? undefined : failures.denied(masked(decision.message, invocation.account));
}

type Action = "Invoke" | "InvalidateCache";

function decide(
  invocation: Invocation,
  caller: Caller,
  policy: string | undefined,
  action: Action = "Invoke",
): Decision {
  const { context, account, sourceIp, sourceVpce, startedAt } = invocation;
  const need: AccessNeed = {
    action: `execute-api:${action}`,
    resource: methodArn(invocation),
    owner: account,
    ...(policy === undefined ? {} : { policy }),
  };
  return context.ports.access.decide(caller, [need], {
    "aws:SourceIp": sourceIp,
    ...(sourceVpce !== undefined && { "aws:SourceVpce": sourceVpce }),
    "aws:UserAgent": header(invocation, "user-agent") ?? "",
    "aws:Referer": header(invocation, "referer") ?? "",
    "aws:SecureTransport": "true",
    "aws:CurrentTime": new Date(startedAt).toISOString(),
    "aws:EpochTime": String(Math.floor(startedAt / 1000)),
    "aws:PrincipalArn": caller.roleArn ?? caller.arn,
    "aws:PrincipalAccount": caller.account,
    "aws:userid": caller.userId,
  });
}

/** `execute-api:/stage/GET/pets` is short for the API's own ARN. */
function policyOf({ compiled, region, account, api }: Invocation): string | undefined {
  const { policy } = compiled.snapshot;
  if (policy === undefined || policy === "") return undefined;
  return policy.replaceAll('"execute-api:/', `"arn:aws:execute-api:${region}:${account}:${api.id}/`);
}

function deniedExplicitly({ message }: Decision): boolean {
  return message.includes("explicit deny");
}

/** Refusals show the last four digits of the account. */
function masked(text: string, account: string): string {
  return text.replaceAll(new RegExp(`(arn:aws:execute-api:[^:]*:)${account}:`, "g"), `$1********${account.slice(-4)}:`);
}
