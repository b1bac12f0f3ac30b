// Tags of what CloudFormation makes here: the template's over the stack's.

import type { Properties, ResourceContext } from "../../../cloud/resource.ts";
import { list, members, text } from "./property-values.ts";

export function tagsOf(properties: Properties, context: ResourceContext): Record<string, string> {
  const own = (list(properties["Tags"]) ?? []).map(
    (tag) => [text(members(tag)["Key"]), text(members(tag)["Value"])] as const,
  );
  return Object.fromEntries([...context.tags.map((tag) => [tag.Key, tag.Value] as const), ...own]);
}

export async function setTags(arn: string, properties: Properties, context: ResourceContext): Promise<void> {
  const wanted = tagsOf(properties, context);
  const { Tags } = await context.call("lambda", "ListTags", { Resource: arn });
  const gone = Object.keys(members(Tags)).filter((key) => wanted[key] === undefined);
  if (gone.length > 0) await context.call("lambda", "UntagResource", { Resource: arn, TagKeys: gone });
  if (Object.keys(wanted).length > 0) await context.call("lambda", "TagResource", { Resource: arn, Tags: wanted });
}
