// The CloudFormation type AWS::S3::Bucket.

import type { Properties, ResourceContext, ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone, unlessRefused } from "../../../cloud/unless-gone.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { bucketExists, invalidRequest } from "../errors.ts";
import { hosts } from "../rules/addresses.ts";
import { accountSuffix } from "../rules/bucket-names.ts";
import { flag, list, present } from "../rules/template-values.ts";
import { readSettings } from "./bucket-reading.ts";
import { applySettings, type Call } from "./bucket-settings.ts";

const REPORTS = "stored and shown; no reports are made";

const RULE = ["LifecycleConfiguration", "Rules", "*"];
/** Older ways to say what is told in other words, and what a list of grants no longer tells. */
const UNREAD = [
  ["AccessControl"],
  ["BucketNamePrefix"],
  ["BucketNamespace"],
  [...RULE, "Transition"],
  [...RULE, "NoncurrentVersionTransition"],
  [...RULE, "NoncurrentVersionExpirationInDays"],
];

/** System tags are CloudFormation's to set: the call says that it comes through it. */
function callerOf(name: string, context: ResourceContext): Call {
  const as = { ...context.caller, via: "cloudformation.amazonaws.com" };
  return (operation, input) => context.call("s3", operation, { Bucket: name, ...input }, { as });
}

export const bucket: ResourceType = {
  type: "AWS::S3::Bucket",
  properties: [
    "BucketName",
    "BucketNamePrefix",
    "BucketNamespace",
    "Tags",
    "ObjectLockEnabled",
    "PublicAccessBlockConfiguration",
    "OwnershipControls",
    "AccessControl",
    "VersioningConfiguration",
    "BucketEncryption",
    "ObjectLockConfiguration",
    "LifecycleConfiguration",
    "CorsConfiguration",
    "WebsiteConfiguration",
    "NotificationConfiguration",
    "LoggingConfiguration",
    "ReplicationConfiguration",
    "InventoryConfigurations",
    "AbacStatus",
  ],
  inert: {
    AccelerateConfiguration: "stored and shown; transfers are local",
    AnalyticsConfigurations: REPORTS,
    MetricsConfigurations: REPORTS,
    IntelligentTieringConfigurations: "stored and shown; objects are not moved between access tiers",
  },
  async create(properties, context) {
    const name = nameOf(properties, context);
    const call = callerOf(name, context);
    const configuration =
      context.region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint: context.region } };
    const locked = flag(properties["ObjectLockEnabled"]) === true ? { ObjectLockEnabledForBucket: true } : {};
    const BucketNamespace = properties["BucketNamespace"];
    await refuseTaken(name, context);
    await call("CreateBucket", present({ ...configuration, ...locked, BucketNamespace }));
    try {
      await setTags(properties, call, context);
      await applySettings(name, { properties, previous: {} }, call);
    } catch (error) {
      // What could not be finished is not left in the way of the next attempt; why it could not is what counts.
      await unlessRefused(call("DeleteBucket", {}));
      throw error;
    }
    return stateOf(name, context);
  },
  async update(state, properties, previous, context) {
    const call = callerOf(state.id, context);
    await setTags(properties, call, context);
    await applySettings(state.id, { properties, previous }, call);
    return stateOf(state.id, context);
  },
  async delete(state, _properties, context) {
    await unlessGone(callerOf(state.id, context)("DeleteBucket", {}), "NoSuchBucket");
  },
  async read(id, context) {
    const call = callerOf(id, context);
    if ((await unlessGone(call("HeadBucket", {}), "NoSuchBucket")) === undefined) return undefined;
    return { BucketName: id, ...(await readSettings(call)), ...stateOf(id, context).attributes };
  },
  unread: UNREAD,
};

/** A prefix is for names of the account's own namespace. */
function nameOf(properties: Properties, context: ResourceContext): string {
  const { BucketName: name, BucketNamePrefix: prefix, BucketNamespace: namespace } = properties;
  if (prefix === undefined) return (name as string | undefined) ?? context.physicalName(63, { lower: true });
  if (name !== undefined) throw invalidRequest("BucketName and BucketNamePrefix cannot both be specified.");
  if (namespace !== "account-regional") throw notEmulated("BucketNamePrefix outside the account's regional namespace");
  return `${prefix as string}${accountSuffix(context.account, context.region)}`;
}

/** In us-east-1 CreateBucket succeeds on one's own bucket; a stack may not take one over so. */
async function refuseTaken(name: string, context: ResourceContext): Promise<void> {
  const taken = await callerOf(name, context)("HeadBucket", {}).then(
    () => true,
    () => false,
  );
  if (taken) throw bucketExists(name);
}

async function setTags(properties: Properties, call: Call, context: ResourceContext): Promise<void> {
  const tags = new Map(
    [...context.tags, ...(list(properties["Tags"]) as readonly { Key: string; Value: string }[])].map((tag) => [
      tag.Key,
      String(tag.Value),
    ]),
  );
  const TagSet = [...tags].map(([Key, Value]) => ({ Key, Value }));
  if (TagSet.length === 0) await call("DeleteBucketTagging", {});
  else await call("PutBucketTagging", { Tagging: { TagSet } });
}

function stateOf(name: string, context: ResourceContext): ResourceState {
  const { domain, regional, dualStack, website } = hosts(context.context.request.origin, name, context.region);
  return {
    id: name,
    attributes: {
      Arn: `arn:aws:s3:::${name}`,
      DomainName: domain,
      RegionalDomainName: regional,
      DualStackDomainName: dualStack,
      WebsiteURL: website,
    },
  };
}
