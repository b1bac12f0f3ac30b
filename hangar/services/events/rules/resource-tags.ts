// Tags of what CloudFormation deploys: the stack's under the resource's own.

import type { Properties, ResourceContext } from "../../../cloud/resource.ts";
import type { ListTagsForResourceOutput } from "../../../models/events.d.ts";

type Tag = { readonly Key: string; readonly Value: string };

export function tagsOf(properties: Properties, context: ResourceContext): readonly Tag[] {
  const own = (properties["Tags"] ?? []) as readonly Tag[];
  const all = new Map([...context.tags, ...own].map((tag) => [tag.Key, tag.Value]));
  return [...all].map(([Key, Value]) => ({ Key, Value }));
}

export async function tagsAt(ResourceARN: string, context: ResourceContext): Promise<readonly Tag[]> {
  const { Tags = [] } = (await context.call("events", "ListTagsForResource", {
    ResourceARN,
  })) as ListTagsForResourceOutput;
  return Tags;
}

export async function setTags(ResourceARN: string, wanted: readonly Tag[], context: ResourceContext): Promise<void> {
  const present = await tagsAt(ResourceARN, context);
  const TagKeys = present.map((tag) => tag.Key).filter((key) => !wanted.some((tag) => tag.Key === key));
  if (TagKeys.length > 0) await context.call("events", "UntagResource", { ResourceARN, TagKeys });
  if (wanted.length > 0) await context.call("events", "TagResource", { ResourceARN, Tags: wanted });
}
