// Whom a policy names: users and roles of its own account have to be there. Those of others are not ours to know.

import { malformedPolicy } from "../errors.ts";
import { listOf, type Policy } from "../rules/policies.ts";
import type { Context } from "../store.ts";

export function checkPrincipals({ ports }: Context, policy: Policy, account: string): void {
  for (const { Principal: principal, NotPrincipal: others } of policy.Statement) {
    const named = (principal ?? others) as { readonly AWS?: string | readonly string[] } | string | undefined;
    for (const arn of listOf(typeof named === "string" ? undefined : named?.AWS)) {
      const isOwn = arn.startsWith(`arn:aws:iam::${account}:`);
      if (isOwn && !ports.access.principalExists(arn)) throw malformedPolicy("Invalid principal in policy");
    }
  }
}
