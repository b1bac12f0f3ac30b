// Inline policies of users, groups and roles.

import { limitExceeded, noSuchEntity } from "../errors.ts";
import type { IamContext } from "../store.ts";
import { holderNamed, putPolicies, type HolderKind } from "./holders.ts";
import { checkPolicy, encoded, policySize } from "./policy-text.ts";

const LIMITS: Readonly<Record<HolderKind, number>> = { user: 2048, group: 5120, role: 10_240 };

export type Inline = { readonly kind: HolderKind; readonly name: string; readonly policyName: string };

export function putInline(context: IamContext, { kind, name, policyName }: Inline, document: string): void {
  const holder = holderNamed(context, kind, name);
  checkPolicy(document, "identity");
  const inline = { ...holder.inline, [policyName]: document };
  const size = Object.values(inline).reduce((sum, text) => sum + policySize(text), 0);
  if (size > LIMITS[kind])
    throw limitExceeded(`Maximum policy size of ${LIMITS[kind]} bytes exceeded for ${kind} ${name}`);
  putPolicies(context, kind, name, { inline });
}

/** The document, percent-encoded as AWS gives it. */
export function getInline(context: IamContext, { kind, name, policyName }: Inline): string {
  const document = holderNamed(context, kind, name).inline[policyName];
  if (document === undefined) throw noSuchEntity(`The ${kind} policy with name ${policyName} cannot be found.`);
  return encoded(document);
}

export function deleteInline(context: IamContext, { kind, name, policyName }: Inline): void {
  const { [policyName]: document, ...inline } = holderNamed(context, kind, name).inline;
  if (document === undefined) throw noSuchEntity(`The ${kind} policy with name ${policyName} cannot be found.`);
  putPolicies(context, kind, name, { inline });
}
