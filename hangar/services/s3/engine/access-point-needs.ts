// What an access point asks of those who come through it, beside what its bucket asks.

import type { AccessNeed } from "../../../ports/access.ts";
import type { AccessPoint } from "../../../ports/storage.ts";
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
  const through: Conditions = {
    "s3:DataAccessPointArn": arn,
    "s3:DataAccessPointAccount": account,
    "s3:AccessPointNetworkOrigin": networkOrigin(accessPoint),
  };
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
    }),
  };
  return [own, { ...need, moreConditions: () => ({ ...need.moreConditions?.(), ...through }) }];
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
