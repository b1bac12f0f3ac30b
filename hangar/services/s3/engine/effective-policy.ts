// The policy that speaks for a bucket: its own, less what public access blocks, plus what access control lists grant.

import { ACL_ACTIONS } from "../rules/actions.ts";
import type { Found } from "../rules/find-bucket.ts";
import { ALL_USERS, AUTHENTICATED, allows, enforcesOwner } from "../rules/grants.ts";
import { isPublicPolicy, policyOf } from "../rules/policies.ts";
import { isVersionId } from "../rules/version-order.ts";
import type { Grant } from "../../../models/s3.d.ts";
import type { Context } from "../store.ts";
import { locate } from "./versions.ts";

type Wanted = {
  readonly action: string;
  readonly key?: string | undefined;
  readonly versionId?: string | undefined;
  readonly resource: string;
};

export function effectivePolicy(context: Pick<Context, "caller">, found: Found, wanted: Wanted): object | undefined {
  const { bucket } = found;
  const foreign = isForeign(context, bucket.account);
  const blocked = foreign && bucket.publicAccessBlock?.RestrictPublicBuckets === true && isPublicPolicy(bucket.policy);
  const policy = bucket.policy === undefined || blocked ? undefined : policyOf(bucket.policy);
  if (!foreign || !granted(context, found, wanted)) return policy;
  const { caller } = context;
  const principal = caller.kind === "anonymous" ? "*" : { AWS: caller.roleArn ?? caller.arn };
  const statement = {
    Sid: "AccessControlList",
    Effect: "Allow",
    Principal: principal,
    Action: `s3:${wanted.action}`,
    Resource: wanted.resource,
  };
  return { Version: "2012-10-17", Statement: [...(policy?.Statement ?? []), statement] };
}

function isForeign({ caller }: Pick<Context, "caller">, owner: string): boolean {
  return caller.kind === "anonymous" || (caller.kind !== "service" && caller.account !== owner);
}

function granted({ caller }: Pick<Context, "caller">, found: Found, { action, key, versionId }: Wanted): boolean {
  const { bucket } = found;
  const rule = ACL_ACTIONS[action];
  if (rule === undefined || enforcesOwner(bucket)) return false;
  const list = rule.of === "bucket" ? bucket.grants : objectGrants(found, key ?? "", versionId);
  const ignorePublic = bucket.publicAccessBlock?.IgnorePublicAcls === true;
  const grants = ignorePublic
    ? list.filter(({ Grantee: grantee }) => grantee?.URI !== ALL_USERS && grantee?.URI !== AUTHENTICATED)
    : list;
  return allows(grants, caller.kind === "anonymous" ? undefined : caller.account, rule.permissions);
}

function objectGrants(found: Found, key: string, versionId: string | undefined): readonly Grant[] {
  const version = versionId !== undefined && !isVersionId(versionId) ? undefined : locate(found, key, versionId);
  return version === undefined || version.marker === true ? [] : (version.grants ?? []);
}
