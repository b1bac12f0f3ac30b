// Key policies: what AWS takes, and that whoever sets one can still change it.

import { malformedPolicy } from "../errors.ts";
import type { Key, KmsContext } from "../store.ts";

export function checkPolicy(
  context: KmsContext,
  key: Pick<Key, "arn" | "account">,
  policy: string,
  bypass: boolean,
): void {
  let document: unknown;
  try {
    document = JSON.parse(policy);
  } catch {
    throw malformedPolicy("The policy document is not valid JSON.");
  }
  if (typeof document !== "object" || document === null || !("Statement" in document))
    throw malformedPolicy("The key policy has no statement.");
  if (bypass || context.caller.kind === "service") return;
  const need = { action: "kms:PutKeyPolicy", resource: key.arn, policy: document, owner: key.account };
  if (!context.ports.access.decide(context.caller, [need], {}).allowed)
    throw malformedPolicy("The new key policy will not allow you to update the key policy in the future.");
}
