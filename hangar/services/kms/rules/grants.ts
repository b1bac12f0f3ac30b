// Grants: who may do what with a key beside its policy, under which encryption context.

import type { Caller } from "../../../cloud/operation.ts";
import type { GrantListEntry } from "../../../models/kms.d.ts";
import type { Grant, Key, KmsContext } from "../store.ts";

export function grantsOf(context: KmsContext, key: Key): Grant[] {
  return [...context.storeAt(key.account, context.region).grants.rows({ prefix: `${key.id}/` })];
}

export function putGrant(context: KmsContext, key: Key, grant: Grant): void {
  context.storeAt(key.account, context.region).grants.put(`${key.id}/${grant.id}`, grant);
}

export function removeGrant(context: KmsContext, key: Key, id: string): boolean {
  return context.storeAt(key.account, context.region).grants.delete(`${key.id}/${id}`) !== undefined;
}

/** `action` without its service, e.g. `Decrypt`. */
export function grantFor(
  grants: readonly Grant[],
  {
    caller,
    action,
    encryptionContext,
  }: { readonly caller: Caller; readonly action: string; readonly encryptionContext: Readonly<Record<string, string>> },
): Grant | undefined {
  return grants.find(
    (grant) =>
      (grant.grantee === caller.arn || grant.grantee === caller.roleArn) &&
      grant.operations.includes(action) &&
      constraintsHold(grant, encryptionContext),
  );
}

function constraintsHold({ equals, subset }: Grant, context: Readonly<Record<string, string>>): boolean {
  const holds = (wanted: Readonly<Record<string, string>>): boolean =>
    Object.entries(wanted).every(([key, value]) => context[key] === value);
  if (equals !== undefined && (!holds(equals) || Object.keys(context).length !== Object.keys(equals).length))
    return false;
  return subset === undefined || holds(subset);
}

export function grantAnswer(grant: Grant, key: Key): GrantListEntry {
  return {
    KeyId: key.arn,
    GrantId: grant.id,
    ...(grant.name === undefined ? {} : { Name: grant.name }),
    CreationDate: new Date(grant.created),
    GranteePrincipal: grant.grantee,
    ...(grant.retiring === undefined ? {} : { RetiringPrincipal: grant.retiring }),
    IssuingAccount: grant.issuer,
    Operations: grant.operations,
    ...(grant.equals === undefined && grant.subset === undefined
      ? {}
      : {
          Constraints: {
            ...(grant.equals === undefined ? {} : { EncryptionContextEquals: grant.equals }),
            ...(grant.subset === undefined ? {} : { EncryptionContextSubset: grant.subset }),
          },
        }),
  };
}
