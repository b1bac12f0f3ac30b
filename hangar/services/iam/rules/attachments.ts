// Managed policies on users, groups and roles: attaching, detaching, and who uses one.

import type { AttachedPolicy } from "../../../models/iam.d.ts";
import { limitExceeded, noSuchEntity, validationError } from "../errors.ts";
import { accountStore, type Holder, type IamContext, type ManagedPolicy } from "../store.ts";
import type { PolicyUses } from "./answers.ts";
import { holderNamed, putPolicies, type HolderKind } from "./holders.ts";
import { awsManagedPolicy, isAwsManaged, type AwsManagedPolicy } from "./managed-policies.ts";

const QUOTAS: Readonly<Record<HolderKind, string>> = {
  user: "PoliciesPerUser",
  group: "PoliciesPerGroup",
  role: "PoliciesPerRole",
};
const QUOTA = 10;

export type Attachment = { readonly kind: HolderKind; readonly name: string; readonly arn: string };

export function attach(context: IamContext, { kind, name, arn }: Attachment): void {
  checkPolicyArn(arn);
  const holder = holderNamed(context, kind, name);
  if (!policyExists(context, arn)) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  if (holder.attached.includes(arn)) return;
  if (holder.attached.length >= QUOTA) throw limitExceeded(`Cannot exceed quota for ${QUOTAS[kind]}: ${QUOTA}`);
  putPolicies(context, kind, name, { attached: [...holder.attached, arn] });
}

export function detach(context: IamContext, { kind, name, arn }: Attachment): void {
  checkPolicyArn(arn);
  const holder = holderNamed(context, kind, name);
  if (!holder.attached.includes(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
  putPolicies(context, kind, name, { attached: holder.attached.filter((each) => each !== arn) });
}

export function attachedAnswers(holder: Holder, pathPrefix = "/"): AttachedPolicy[] {
  return holder.attached
    .filter((arn) => pathOf(arn).startsWith(pathPrefix))
    .map((arn) => ({ PolicyName: arn.slice(arn.lastIndexOf("/") + 1), PolicyArn: arn }));
}

export function checkPolicyArn(arn: string): void {
  if (!/^arn:[\w-]+:iam::(\d{12}|aws):policy\/.+$/.test(arn))
    throw validationError("Invalid ARN:  Could not be parsed!");
}

export function policyExists(context: IamContext, arn: string): boolean {
  return isAwsManaged(arn) ? awsManagedPolicy(arn) !== undefined : accountStore(context).policies.has(arn);
}

/** A policy of the account's own. */
export function ownPolicy(context: IamContext, arn: string): ManagedPolicy {
  checkPolicyArn(arn);
  const policy = accountStore(context).policies.get(arn);
  if (policy === undefined) throw noSuchEntity(`Policy ${arn} was not found.`);
  return policy;
}

export function anyPolicy(
  context: IamContext,
  arn: string,
): { readonly own: ManagedPolicy } | { readonly aws: AwsManagedPolicy } {
  const aws = awsManagedPolicy(arn);
  return aws === undefined ? { own: ownPolicy(context, arn) } : { aws };
}

/** How often each policy is attached, and used as a boundary. */
export function usesOf(context: IamContext): (arn: string) => PolicyUses {
  const { users, groups, roles } = accountStore(context);
  const attachments = new Map<string, number>();
  const boundaries = new Map<string, number>();
  const count = (counts: Map<string, number>, arn: string): void => void counts.set(arn, (counts.get(arn) ?? 0) + 1);
  for (const holder of [...users.rows(), ...groups.rows(), ...roles.rows()]) {
    for (const arn of holder.attached) count(attachments, arn);
    if ("boundary" in holder && holder.boundary !== undefined) count(boundaries, holder.boundary);
  }
  return (arn) => ({ attachments: attachments.get(arn) ?? 0, boundaries: boundaries.get(arn) ?? 0 });
}

function pathOf(arn: string): string {
  return arn.slice(arn.indexOf(":policy/") + ":policy".length, arn.lastIndexOf("/") + 1);
}

export function checkBoundary(context: IamContext, arn: string): void {
  checkPolicyArn(arn);
  if (!policyExists(context, arn)) throw noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`);
}
