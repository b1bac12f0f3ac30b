// What S3 Control asks of S3: access points, what the account blocks, and tags of buckets and access points.

import { parseArn } from "../../../kernel/arn.ts";
import type { StoragePort, StorageTag } from "../../../ports/storage.ts";
import { aboutBucket } from "../rules/condition-keys.ts";
import { parseAccessPointArn } from "../rules/access-point-names.ts";
import { change, lookUp, type Found } from "../rules/find-bucket.ts";
import { sharedStore, type Context } from "../store.ts";
import { tagConditions, throughConditions } from "./access-point-needs.ts";
import {
  accessPointAt,
  accessPointsOf,
  createAccessPoint,
  deleteAccessPoint,
  isPublicAccessPoint,
  setPolicy,
} from "./access-points.ts";
import { replicateStored, storedVersions } from "./batch-replication.ts";
import { accountBlock } from "./public-access.ts";

export function storagePort(context: Context): StoragePort {
  const blocks = sharedStore(context).accountBlocks;
  return {
    createAccessPoint: async (wanted) => createAccessPoint(context, wanted),
    accessPoint: async (name) => accessPointAt(context, name),
    accessPoints: async (options) => accessPointsOf(context, options),
    deleteAccessPoint: async (name) => deleteAccessPoint(context, name),
    setAccessPointPolicy: async (name, policy) => setPolicy(context, name, policy),
    setAccessPointBlock: async (name, block) => {
      context.store.accessPoints.put(name, { ...accessPointAt(context, name), block });
    },
    isPublic: async (accessPoint) => isPublicAccessPoint(accessPoint),
    accountBlock: async () => accountBlock(context, context.account),
    setAccountBlock: async (block) => {
      if (block === undefined) blocks.delete(context.account);
      else blocks.put(context.account, block);
    },
    versions: async (bucket, as) => storedVersions(context, bucket, as),
    replicate: async (version, as) => replicateStored(context, version, as),
    tags: async (arn) => accessPointOf(context, arn)?.tags ?? tagsOfBucket(context, arn),
    setTags: async (arn, tags) => {
      const accessPoint = accessPointOf(context, arn);
      if (accessPoint !== undefined) context.store.accessPoints.put(accessPoint.name, { ...accessPoint, tags });
      const found = bucketOf(context, arn);
      if (found !== undefined) change(found, { tags: tags.length === 0 ? undefined : tags });
    },
    conditions: (arn) => {
      const accessPoint = accessPointOf(context, arn);
      if (accessPoint !== undefined)
        return { ...throughConditions(accessPoint), ...tagConditions("aws:ResourceTag", accessPoint) };
      const found = bucketOf(context, arn);
      return found === undefined ? {} : aboutBucket(found.bucket);
    },
  };
}

function accessPointOf({ account, region, store }: Context, arn: string): ReturnType<typeof store.accessPoints.get> {
  const named = parseAccessPointArn(arn);
  return named?.account === account && named.region === region ? store.accessPoints.get(named.name) : undefined;
}

function bucketOf(context: Context, arn: string): Found | undefined {
  const parsed = parseArn(arn);
  if (parsed?.service !== "s3" || parsed.region !== "" || parsed.resource.includes("/")) return undefined;
  const found = lookUp(context, parsed.resource);
  return found?.bucket.account === context.account && found.accessPoint === undefined ? found : undefined;
}

function tagsOfBucket(context: Context, arn: string): readonly StorageTag[] | undefined {
  const found = bucketOf(context, arn);
  return found === undefined ? undefined : (found.bucket.tags ?? []);
}
