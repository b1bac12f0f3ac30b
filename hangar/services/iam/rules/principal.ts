// Who a Principal element names, and how strongly: AWS lets a grant to a session reach further than one to its account.

import type { Caller } from "../../../cloud/operation.ts";

/** From strongest to weakest; `account` only delegates to the account's own policies. */
export type Grant = "session" | "identity" | "public" | "account" | "none";

export type PrincipalElement = "*" | Readonly<Record<string, readonly string[]>>;

export type PrincipalMatcher = (caller: Caller) => Grant;

const STRENGTH: readonly Grant[] = ["session", "identity", "public", "account"];

export function stronger(left: Grant, right: Grant): Grant {
  return STRENGTH.find((grant) => grant === left || grant === right) ?? "none";
}

export function compilePrincipal(element: PrincipalElement): PrincipalMatcher {
  if (element === "*") return () => "public";
  const aws = new Set(element["AWS"] ?? []);
  const services = new Set(element["Service"] ?? []);
  const federated = new Set(element["Federated"] ?? []);
  return (caller) => {
    if (aws.has("*")) return "public";
    if (caller.kind === "service") return services.has(caller.arn) ? "identity" : "none";
    // Of who comes with a token to STS nothing is known but who signed it.
    if (caller.kind === "anonymous") return federated.has(caller.arn) ? "identity" : "none";
    if (federated.has(caller.arn)) return "identity";
    return awsGrant(aws, caller);
  };
}

function awsGrant(aws: ReadonlySet<string>, caller: Caller): Grant {
  const toSession = caller.kind === "role" || caller.kind === "federated";
  if (caller.kind !== "root" && aws.has(caller.arn)) return toSession ? "session" : "identity";
  if (caller.roleArn !== undefined && aws.has(caller.roleArn)) return "identity";
  if (caller.roleArn !== undefined && caller.userId !== "" && aws.has(caller.userId.split(":")[0] ?? ""))
    return "identity";
  if (aws.has(caller.account) || aws.has(`arn:aws:iam::${caller.account}:root`))
    return caller.kind === "root" ? "identity" : "account";
  return "none";
}

/** Whether a NotPrincipal element leaves the caller out: an account's ARN leaves out only its root user. */
export function leftOut(grant: Grant): boolean {
  return grant !== "none" && grant !== "account";
}
