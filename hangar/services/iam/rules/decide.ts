// AWS's policy evaluation: which policies of the caller and of the resource have to agree before a call is allowed.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html

import type { Caller } from "../../../cloud/operation.ts";
import { accountIn } from "../../../kernel/arn.ts";
import type { AccessNeed } from "../../../ports/access.ts";
import type { Lookup } from "./pattern.ts";
import type { Policy, Statement } from "./policy-document.ts";
import { leftOut, stronger, type Grant } from "./principal.ts";

/** The policies that speak for a caller. */
export type CallerPolicies = {
  /** The root user needs none. */
  readonly root: boolean;
  readonly identity: readonly Policy[];
  readonly boundary: Policy | undefined;
  /** Undefined when the session was not narrowed. */
  readonly session: readonly Policy[] | undefined;
};

export type PolicyKind =
  | "identity-based policy"
  | "resource-based policy"
  | "permissions boundary"
  | "session policy"
  | "role trust policy";

/** How a need was decided: by a statement, or for want of one in a kind of policy. */
export type Outcome = {
  readonly allowed: boolean;
  readonly kind: PolicyKind;
  readonly statement: Statement | undefined;
};

type Request = { readonly action: string; readonly resource: string; readonly lookup: Lookup; readonly caller: Caller };
type Found = { readonly deny: Statement | undefined; readonly allow: Statement | undefined; readonly grant: Grant };

export function decideNeed(
  caller: Caller,
  policies: CallerPolicies,
  needed: { readonly need: AccessNeed; readonly policy: Policy | undefined; readonly lookup: Lookup },
): Outcome {
  const { need, policy, lookup } = needed;
  const request: Request = { action: need.action.toLowerCase(), resource: need.resource, lookup, caller };
  const resourceKind: PolicyKind = request.action.startsWith("sts:") ? "role trust policy" : "resource-based policy";
  const resource = policy === undefined ? NOTHING : search([policy], request);
  const identity = search(policies.identity, request);
  const boundary = policies.boundary === undefined ? undefined : search([policies.boundary], request);
  const session = policies.session === undefined ? undefined : search(policies.session, request);
  if (identity.deny !== undefined) return answer(false, "identity-based policy", identity.deny);
  if (resource.deny !== undefined) return answer(false, resourceKind, resource.deny);
  if (boundary?.deny !== undefined) return answer(false, "permissions boundary", boundary.deny);
  if (session?.deny !== undefined) return answer(false, "session policy", session.deny);
  if (caller.kind === "service" || caller.kind === "anonymous")
    return answer(resource.grant !== "none", resourceKind, resource.allow);
  const limits = { boundary, session };
  const identityAllows = policies.root || identity.allow !== undefined;
  if (isForeign(caller, need)) return crossAccount({ resource, resourceKind, identityAllows, identity, limits });
  return sameAccount(
    { resource, resourceKind, identityAllows, identity, limits },
    { caller, mandatory: isMandatory(request.action, policy) },
  );
}

type Limits = { readonly boundary: Found | undefined; readonly session: Found | undefined };
type Sides = {
  readonly resource: Found;
  readonly resourceKind: PolicyKind;
  readonly identityAllows: boolean;
  readonly identity: Found;
  readonly limits: Limits;
};

function sameAccount(sides: Sides, { caller, mandatory }: { caller: Caller; mandatory: boolean }): Outcome {
  const { resource, resourceKind, identity, limits } = sides;
  const direct = resource.grant === "session" || resource.grant === "identity" || resource.grant === "public";
  // A grant to the session itself, or to an IAM user, is not narrowed by what is merely not allowed elsewhere.
  if (resource.grant === "session" || (direct && (caller.kind === "user" || caller.kind === "root")))
    return answer(true, resourceKind, resource.allow);
  if (direct) return limited(limits) ?? answer(true, resourceKind, resource.allow);
  if (mandatory && resource.grant === "none") return answer(false, resourceKind, undefined);
  if (!sides.identityAllows) return answer(false, "identity-based policy", undefined);
  return limited(limits) ?? answer(true, "identity-based policy", identity.allow);
}

/** Both accounts have to agree. */
function crossAccount(sides: Sides): Outcome {
  if (!sides.identityAllows) return answer(false, "identity-based policy", undefined);
  if (sides.resource.grant === "none") return answer(false, sides.resourceKind, undefined);
  return limited(sides.limits) ?? answer(true, sides.resourceKind, sides.resource.allow);
}

function limited({ boundary, session }: Limits): Outcome | undefined {
  if (boundary !== undefined && boundary.allow === undefined) return answer(false, "permissions boundary", undefined);
  if (session !== undefined && session.allow === undefined) return answer(false, "session policy", undefined);
  return undefined;
}

/** Keys and roles: their own policy has to speak for the caller, if only by delegating to the account. */
function isMandatory(action: string, policy: Policy | undefined): boolean {
  return (
    /^sts:(assumerole|tagsession|setsourceidentity)/.test(action) || (policy !== undefined && action.startsWith("kms:"))
  );
}

function isForeign(caller: Caller, need: AccessNeed): boolean {
  const owner = need.owner ?? accountIn(need.resource);
  return owner !== caller.account && /^\d{12}$/.test(owner);
}

function answer(allowed: boolean, kind: PolicyKind, statement: Statement | undefined): Outcome {
  return { allowed, kind, statement };
}

const NOTHING: Found = { deny: undefined, allow: undefined, grant: "none" };

/** The first statement that denies, else the one that grants most. */
function search(policies: readonly Policy[], request: Request): Found {
  let allow: Statement | undefined;
  let grant: Grant = "none";
  for (const policy of policies) {
    for (const statement of policy.statements) {
      const given = grantOf(statement, request);
      if (given === "none") continue;
      if (statement.effect === "Deny") return { deny: statement, allow: undefined, grant: "none" };
      const best = stronger(grant, given);
      if (best !== grant) [allow, grant] = [statement, best];
    }
  }
  return { deny: undefined, allow, grant };
}

/** What a statement does for the request's caller; identity policies have no principal and mean theirs. */
function grantOf(statement: Statement, { action, resource, lookup, caller }: Request): Grant {
  if (!statement.matchesAction(action)) return "none";
  let grant: Grant = "identity";
  if (statement.principal !== undefined) {
    const named = statement.principal.matches(caller);
    grant = statement.principal.not ? (leftOut(named) ? "none" : "public") : named;
    if (grant === "none") return "none";
  }
  if (!statement.matchesResource(resource, lookup)) return "none";
  return statement.conditions.every((condition) => condition(lookup)) ? grant : "none";
}
