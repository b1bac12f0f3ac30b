// The policies that narrow a session: the one given inline and the managed ones named.

import type { AccessPort } from "../../../ports/access.ts";
import { malformedPolicy, validationError } from "../errors.ts";

export type SessionPolicyInput = {
  readonly Policy?: string | undefined;
  readonly PolicyArns?: readonly { readonly arn?: string | undefined }[] | undefined;
};

const LIMIT = 2048;

/** Undefined when the session is not narrowed. */
export function sessionPolicies(
  { Policy, PolicyArns = [] }: SessionPolicyInput,
  access: AccessPort,
): readonly string[] | undefined {
  if (Policy === undefined && PolicyArns.length === 0) return undefined;
  const named = PolicyArns.map(({ arn = "" }) => {
    const document = access.managedPolicy(arn);
    if (document === undefined) throw validationError(`Policy ${arn} does not exist or is not attachable.`);
    return document;
  });
  if (Policy === undefined) return named;
  if (!isPolicy(Policy)) throw malformedPolicy();
  return [Policy, ...named];
}

/** Percent of what AWS packs; it does not say how, so this is the text's share of the limit. */
export function packedSize(
  input: SessionPolicyInput & {
    readonly Tags?: readonly { readonly Key: string; readonly Value: string }[] | undefined;
  },
): number | undefined {
  if (input.Policy === undefined && (input.PolicyArns?.length ?? 0) === 0 && (input.Tags?.length ?? 0) === 0)
    return undefined;
  const texts = [
    input.Policy ?? "",
    ...(input.PolicyArns ?? []).map((each) => each.arn ?? ""),
    ...(input.Tags ?? []).flatMap((tag) => [tag.Key, tag.Value]),
  ];
  return Math.min(100, Math.ceil((texts.join("").length * 100) / (LIMIT * 2)));
}

function isPolicy(text: string): boolean {
  try {
    const document: unknown = JSON.parse(text);
    return typeof document === "object" && document !== null && "Statement" in document;
  } catch {
    return false;
  }
}
