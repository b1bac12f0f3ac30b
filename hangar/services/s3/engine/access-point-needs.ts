// What an access point asks of those who come through it, beside what its bucket asks.

import type { AccessNeed } from "../../../ports/access.ts";
import type { AccessPoint, StorageTag } from "../../../ports/storage.ts";
import type { Conditions } from "../rules/condition-keys.ts";
import type { Found } from "../rules/find-bucket.ts";
import { isPublicPolicy, policyOf } from "../rules/policies.ts";
import type { Context } from "../store.ts";
import { isForeign } from "./effective-policy.ts";
import { accountBlock, isBlocked } from "./public-access.ts";

type Asking = Pick<Context, "caller" | "storeAt">;

/** Both must allow it: a bucket's policy may leave the decision to access points by these keys. */
export function accessPointNeeds(
  context: Asking,
  { bucket, accessPoint }: Found & { readonly accessPoint: AccessPoint },
  need: AccessNeed,
  key: string | undefined,
): readonly AccessNeed[] {
  const { arn, account } = accessPoint;
  const through = throughConditions(accessPoint);
  const own: AccessNeed = {
    action: need.action,
    resource: key === undefined ? arn : `${arn}/object/${key}`,
    policy: policyFor(context, { bucket, accessPoint }),
    owner: account,
    moreConditions: () => ({
      ...need.moreConditions?.(),
      ...through,
      "s3:ResourceAccount": account,
      "aws:ResourceAccount": account,
      ...tagConditions("aws:ResourceTag", accessPoint),
    }),
  };
  return [own, { ...need, moreConditions: () => ({ ...need.moreConditions?.(), ...through }) }];
}

/** What is asked of an access point, and of whatever comes through it. */
export function throughConditions(accessPoint: AccessPoint): Conditions {
  return {
    "s3:DataAccessPointArn": accessPoint.arn,
    "s3:DataAccessPointAccount": accessPoint.account,
    "s3:AccessPointNetworkOrigin": networkOrigin(accessPoint),
    ...tagConditions("s3:AccessPointTag", accessPoint),
  };
}

export function tagConditions(family: string, { tags = [] }: { readonly tags?: readonly StorageTag[] }): Conditions {
  return Object.fromEntries(tags.map((tag) => [`${family}/${tag.Key}`, tag.Value]));
}

function networkOrigin({ vpcId }: Pick<AccessPoint, "vpcId">): "Internet" | "VPC" {
  return vpcId === undefined ? "Internet" : "VPC";
}

function policyFor(
  context: Asking,
  { bucket, accessPoint }: Pick<Found, "bucket"> & { readonly accessPoint: AccessPoint },
): object | undefined {
  const { account, policy } = accessPoint;
  if (policy === undefined) return undefined;
  if (!isForeign(context, account) || !isPublicPolicy(policy)) return policyOf(policy);
  const isRestricted =
    isBlocked(context, { bucket, accessPoint }, "RestrictPublicBuckets") ||
    accountBlock(context, account)?.RestrictPublicBuckets === true;
  return isRestricted ? undefined : policyOf(policy);
}
