// The CloudFormation type AWS::S3::AccessPoint.

import type { Properties, ResourceContext, ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone, unlessRefused } from "../../../cloud/unless-gone.ts";
import type { GetAccessPointResult, ListTagsForResourceResult, Tag } from "../../../models/s3control.d.ts";
import { blockOf } from "../rules/public-access.ts";

const NAME = 50;

type Call = (operation: string, input: Properties) => Promise<Record<string, unknown>>;

function caller(context: ResourceContext): Call {
  return (operation, input) => context.call("s3control", operation, { AccountId: context.account, ...input });
}

const GONE = "NoSuchAccessPoint";

export const accessPoint: ResourceType = {
  type: "AWS::S3::AccessPoint",
  properties: [
    "Bucket",
    "BucketAccountId",
    "Name",
    "Policy",
    "PublicAccessBlockConfiguration",
    "Tags",
    "VpcConfiguration",
  ],
  async create(properties, context) {
    const call = caller(context);
    const { Bucket, BucketAccountId, PublicAccessBlockConfiguration, VpcConfiguration } = properties;
    const Name = (properties["Name"] as string | undefined) ?? context.physicalName(NAME, { lower: true });
    const Tags = tagsOf(properties, context);
    await call("CreateAccessPoint", {
      Name,
      Bucket,
      BucketAccountId,
      PublicAccessBlockConfiguration,
      VpcConfiguration,
      ...(Tags.length === 0 ? {} : { Tags }),
    });
    if (properties["Policy"] !== undefined) {
      try {
        await call("PutAccessPointPolicy", { Name, Policy: policyOf(properties) });
      } catch (error) {
        await unlessRefused(call("DeleteAccessPoint", { Name }));
        throw error;
      }
    }
    return stateOf(Name, call);
  },
  async update(state, properties, previous, context) {
    const call = caller(context);
    const Name = state.id;
    if (properties["Policy"] !== undefined) await call("PutAccessPointPolicy", { Name, Policy: policyOf(properties) });
    else if (previous["Policy"] !== undefined) await call("DeleteAccessPointPolicy", { Name });
    // AWS has no public call for it: its own handler sets it in place.
    const block = blockOf(properties["PublicAccessBlockConfiguration"] as object | undefined, true);
    await context.context.ports.storage.setAccessPointBlock(Name, block);
    await retag(state, tagsOf(properties, context), call);
    return state;
  },
  async delete(state, _properties, context) {
    await unlessGone(caller(context)("DeleteAccessPoint", { Name: state.id }), GONE);
  },
  async read(id, context) {
    const call = caller(context);
    const found = (await unlessGone(call("GetAccessPoint", { Name: id }), GONE)) as GetAccessPointResult | undefined;
    if (found === undefined) return undefined;
    const policy = (await unlessGone(call("GetAccessPointPolicy", { Name: id }), "NoSuchAccessPointPolicy")) as
      | { readonly Policy?: string }
      | undefined;
    const tags = await tagsAt(found.AccessPointArn, call);
    const { Name, Bucket, BucketAccountId, PublicAccessBlockConfiguration, VpcConfiguration } = found;
    return {
      Name,
      Bucket,
      BucketAccountId,
      PublicAccessBlockConfiguration,
      ...(VpcConfiguration === undefined ? {} : { VpcConfiguration }),
      ...(policy?.Policy === undefined ? {} : { Policy: JSON.parse(policy.Policy) as unknown }),
      ...(tags.length === 0 ? {} : { Tags: tags }),
      Arn: found.AccessPointArn,
      Alias: found.Alias,
      NetworkOrigin: found.NetworkOrigin,
    };
  },
};

function policyOf(properties: Properties): string {
  const document = properties["Policy"];
  return typeof document === "string" ? document : JSON.stringify(document);
}

async function stateOf(name: string, call: Call): Promise<ResourceState> {
  const found: GetAccessPointResult = await call("GetAccessPoint", { Name: name });
  const { Alias, AccessPointArn: Arn, NetworkOrigin, Name } = found;
  return { id: name, attributes: { Alias, Arn, NetworkOrigin, Name } };
}

/** The stack's tags under the resource's own; those that only AWS may set are left out. */
function tagsOf(properties: Properties, context: ResourceContext): readonly Tag[] {
  const own = (properties["Tags"] as readonly Tag[] | undefined) ?? [];
  const stack = context.tags.filter((tag) => !tag.Key.startsWith("aws:"));
  return [...new Map([...stack, ...own].map(({ Key, Value }) => [Key, { Key, Value: String(Value) }])).values()];
}

async function tagsAt(ResourceArn: unknown, call: Call): Promise<readonly Tag[]> {
  const { Tags = [] }: ListTagsForResourceResult = await call("ListTagsForResource", { ResourceArn });
  return Tags;
}

async function retag({ attributes }: ResourceState, wanted: readonly Tag[], call: Call): Promise<void> {
  const ResourceArn = attributes["Arn"];
  const keys = new Set(wanted.map(({ Key }) => Key));
  const TagKeys = (await tagsAt(ResourceArn, call)).map(({ Key }) => Key).filter((key) => !keys.has(key));
  if (TagKeys.length > 0) await call("UntagResource", { ResourceArn, TagKeys });
  if (wanted.length > 0) await call("TagResource", { ResourceArn, Tags: wanted });
}
