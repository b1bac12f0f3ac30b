// Brings the policies, tags and boundary of an entity that CloudFormation holds to what its properties say.

import type { Properties, ResourceContext } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type { Tag } from "../store.ts";

export type Kind = "User" | "Group" | "Role";
type Named = { readonly kind: Kind; readonly name: string };
type InlinePolicy = { readonly PolicyName: string; readonly PolicyDocument: unknown };

export function documentText(document: unknown): string {
  return typeof document === "string" ? document : JSON.stringify(document ?? {});
}

export function textList(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** The name given, or the one CloudFormation makes. */
export function nameOf(given: unknown, made: () => string): string {
  return typeof given === "string" ? given : made();
}

export function optional(properties: Properties, ...names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.flatMap((name) => (properties[name] === undefined ? [] : [[name, properties[name]]])),
  );
}

/** The resource's own tags over the stack's. */
export function tagsOf(properties: Properties, context: ResourceContext): Tag[] {
  const own = (properties["Tags"] ?? []) as readonly Tag[];
  const keys = new Set(own.map((tag) => tag.Key));
  return [...context.tags.filter((tag) => !keys.has(tag.Key) && !tag.Key.startsWith("aws:")), ...own];
}

/** Puts what is new or changed, takes away what `previous` had and `properties` has not. */
export async function syncPolicies(
  { kind, name }: Named,
  properties: Properties,
  previous: Properties,
  context: ResourceContext,
): Promise<void> {
  const target = { [`${kind}Name`]: name };
  const arns = textList(properties["ManagedPolicyArns"]);
  const oldArns = textList(previous["ManagedPolicyArns"]);
  for (const PolicyArn of oldArns.filter((arn) => !arns.includes(arn)))
    await ignoreMissing(context.call("iam", `Detach${kind}Policy`, { ...target, PolicyArn }));
  for (const PolicyArn of arns.filter((arn) => !oldArns.includes(arn)))
    await context.call("iam", `Attach${kind}Policy`, { ...target, PolicyArn });
  const inline = (properties["Policies"] ?? []) as readonly InlinePolicy[];
  const oldInline = (previous["Policies"] ?? []) as readonly InlinePolicy[];
  for (const { PolicyName } of oldInline.filter((old) => !inline.some((each) => each.PolicyName === old.PolicyName))) {
    await ignoreMissing(context.call("iam", `Delete${kind}Policy`, { ...target, PolicyName }));
  }
  for (const { PolicyName, PolicyDocument } of inline) {
    await context.call("iam", `Put${kind}Policy`, {
      ...target,
      PolicyName,
      PolicyDocument: documentText(PolicyDocument),
    });
  }
}

export async function syncTags(
  { kind, name }: Named,
  properties: Properties,
  previous: Properties,
  context: ResourceContext,
): Promise<void> {
  const target = { [`${kind}Name`]: name };
  const tags = tagsOf(properties, context);
  const gone = ((previous["Tags"] ?? []) as readonly Tag[])
    .map((tag) => tag.Key)
    .filter((key) => !tags.some((tag) => tag.Key === key));
  if (gone.length > 0) await context.call("iam", `Untag${kind}`, { ...target, TagKeys: gone });
  if (tags.length > 0) await context.call("iam", `Tag${kind}`, { ...target, Tags: tags });
}

export async function syncBoundary(
  { kind, name }: Named,
  properties: Properties,
  previous: Properties,
  context: ResourceContext,
): Promise<void> {
  const target = { [`${kind}Name`]: name };
  const PermissionsBoundary = properties["PermissionsBoundary"];
  if (PermissionsBoundary === previous["PermissionsBoundary"]) return;
  if (PermissionsBoundary === undefined) await context.call("iam", `Delete${kind}PermissionsBoundary`, target);
  else await context.call("iam", `Put${kind}PermissionsBoundary`, { ...target, PermissionsBoundary });
}

/** What a resource may find gone when it is deleted or changed. */
export async function ignoreMissing(work: Promise<unknown>): Promise<void> {
  await unlessGone(work, "NoSuchEntity");
}

/** The answer's entity, or undefined when there is none. */
export async function found<Value>(work: Promise<Record<string, unknown>>, member: string): Promise<Value | undefined> {
  return (await unlessGone(work, "NoSuchEntity"))?.[member] as Value | undefined;
}
