// The CloudFormation type AWS::KMS::Key.

import type { Properties, ResourceContext, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";

type Metadata = {
  readonly KeyId: string;
  readonly Arn: string;
  readonly Description: string;
  readonly KeyUsage: string;
  readonly KeySpec: string;
  readonly Enabled: boolean;
  readonly KeyState: string;
};

export const key: ResourceType = {
  type: "AWS::KMS::Key",
  properties: [
    "BypassPolicyLockoutSafetyCheck",
    "Description",
    "EnableKeyRotation",
    "Enabled",
    "KeyPolicy",
    "KeySpec",
    "KeyUsage",
    "MultiRegion",
    "Origin",
    "PendingWindowInDays",
    "RotationPeriodInDays",
    "Tags",
  ],
  async create(properties, context) {
    const { KeyMetadata } = await context.call("kms", "CreateKey", {
      ...given(
        properties,
        "Description",
        "KeySpec",
        "KeyUsage",
        "MultiRegion",
        "Origin",
        "BypassPolicyLockoutSafetyCheck",
      ),
      ...(properties["KeyPolicy"] === undefined ? {} : { Policy: policyText(properties["KeyPolicy"]) }),
      Tags: tagsOf(properties, context),
    });
    const { KeyId, Arn } = KeyMetadata as Metadata;
    await syncRotation(KeyId, properties, {}, context);
    if (properties["Enabled"] === false) await context.call("kms", "DisableKey", { KeyId });
    return { id: KeyId, attributes: { KeyId, Arn } };
  },
  async update(state, properties, previous, context) {
    const KeyId = state.id;
    if (properties["Enabled"] !== false) await context.call("kms", "EnableKey", { KeyId });
    await context.call("kms", "UpdateKeyDescription", { KeyId, Description: properties["Description"] ?? "" });
    if (properties["KeyPolicy"] !== undefined)
      await context.call("kms", "PutKeyPolicy", {
        KeyId,
        Policy: policyText(properties["KeyPolicy"]),
        ...given(properties, "BypassPolicyLockoutSafetyCheck"),
      });
    await syncRotation(KeyId, properties, previous, context);
    const tags = tagsOf(properties, context);
    const gone = tagsOf(previous, context)
      .map((tag) => tag.TagKey)
      .filter((name) => !tags.some((tag) => tag.TagKey === name));
    if (gone.length > 0) await context.call("kms", "UntagResource", { KeyId, TagKeys: gone });
    if (tags.length > 0) await context.call("kms", "TagResource", { KeyId, Tags: tags });
    if (properties["Enabled"] === false) await context.call("kms", "DisableKey", { KeyId });
    return state;
  },
  async delete(state, properties, context) {
    const input = { KeyId: state.id, ...given(properties, "PendingWindowInDays") };
    await unlessGone(context.call("kms", "ScheduleKeyDeletion", input), [
      "NotFoundException",
      "KMSInvalidStateException",
    ]);
  },
  async read(id, context) {
    const found = await unlessGone(context.call("kms", "DescribeKey", { KeyId: id }), "NotFoundException");
    if (found === undefined) return undefined;
    const { Description, KeyUsage, KeySpec, Enabled, KeyState } = found["KeyMetadata"] as Metadata;
    return KeyState === "PendingDeletion" ? undefined : { Description, KeyUsage, KeySpec, Enabled };
  },
};

function given(properties: Properties, ...names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.flatMap((name) => (properties[name] === undefined ? [] : [[name, properties[name]]])),
  );
}

function policyText(policy: unknown): string {
  return typeof policy === "string" ? policy : JSON.stringify(policy);
}

/** The resource's own tags over the stack's. */
function tagsOf(
  properties: Properties,
  context: ResourceContext,
): { readonly TagKey: string; readonly TagValue: string }[] {
  const own = (properties["Tags"] ?? []) as readonly { readonly Key: string; readonly Value: string }[];
  const stack = context.tags.filter((tag) => !tag.Key.startsWith("aws:") && !own.some((each) => each.Key === tag.Key));
  return [...stack, ...own].map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value }));
}

async function syncRotation(
  KeyId: string,
  properties: Properties,
  previous: Properties,
  context: ResourceContext,
): Promise<void> {
  if (properties["EnableKeyRotation"] === true)
    await context.call("kms", "EnableKeyRotation", { KeyId, ...given(properties, "RotationPeriodInDays") });
  else if (previous["EnableKeyRotation"] === true) await context.call("kms", "DisableKeyRotation", { KeyId });
}
