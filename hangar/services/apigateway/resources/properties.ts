// How CloudFormation's properties become API Gateway's inputs and patches.

import type { Properties, ResourceContext } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type { PatchOperation } from "../../../models/apigateway.d.ts";

type Input = Readonly<Record<string, unknown>>;

export function call(context: ResourceContext, operation: string, input: Input): Promise<Record<string, unknown>> {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  return context.call("apigateway", operation, given);
}

/** Deletes what may be gone already, with the API or before it. */
export async function remove(context: ResourceContext, operation: string, input: Input): Promise<void> {
  await found(context, operation, input);
}

/** Undefined when it is gone. */
export function found(
  context: ResourceContext,
  operation: string,
  input: Input,
): Promise<Record<string, unknown> | undefined> {
  return unlessGone(call(context, operation, input), "NotFoundException");
}

/** `{ PathPart: … }` as `{ pathPart: … }`; nested structures too, maps (whose keys are the user's) not. */
export function lower(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lower);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      Array.isArray(item) ? lower(item) : item,
    ]),
  );
}

export function upper(value: Input): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name.charAt(0).toUpperCase() + name.slice(1), item]),
  );
}

export function textOf(properties: Properties, name: string): string {
  const value = properties[name];
  return typeof value === "string" ? value : "";
}

/** A scalar as text: templates give numbers and booleans either way. */
export function written(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function truth(value: unknown): boolean | undefined {
  return value === undefined ? undefined : value === true || value === "true";
}

export function amount(value: unknown): number | undefined {
  return value === undefined ? undefined : Number(value);
}

/** A document given as an object or as its text. */
export function document(value: unknown): string | undefined {
  if (value === undefined || typeof value === "string") return value;
  return JSON.stringify(value);
}

type Tag = { readonly Key: string; readonly Value: string };

export function tagsOf(properties: Properties, context: ResourceContext): Readonly<Record<string, string>> | undefined {
  const all = [...context.tags, ...((properties["Tags"] as readonly Tag[] | undefined) ?? [])];
  return all.length === 0 ? undefined : Object.fromEntries(all.map((tag) => [tag.Key, tag.Value]));
}

export async function updateTags(
  arn: string,
  properties: Properties,
  previous: Properties,
  context: ResourceContext,
): Promise<void> {
  const wanted = tagsOf(properties, context) ?? {};
  const before = tagsOf(previous, context) ?? {};
  const tagKeys = Object.keys(before).filter((name) => !Object.hasOwn(wanted, name));
  if (tagKeys.length > 0) await call(context, "UntagResource", { resourceArn: arn, tagKeys });
  if (Object.keys(wanted).length > 0) await call(context, "TagResource", { resourceArn: arn, tags: wanted });
}

export function toTags(tags: unknown): readonly Tag[] {
  return Object.entries((tags ?? {}) as Readonly<Record<string, string>>).map(([Key, Value]) => ({ Key, Value }));
}

/** Replaces of plain members that changed. What is gone gets its default, or is emptied. */
export function replaced(
  properties: Properties,
  previous: Properties,
  paths: Readonly<Record<string, string>>,
  defaults: Readonly<Record<string, string>> = {},
): PatchOperation[] {
  return Object.entries(paths).flatMap(([name, path]) => {
    const value = properties[name] ?? defaults[name];
    const before = previous[name] ?? defaults[name];
    return JSON.stringify(value) === JSON.stringify(before) ? [] : [{ op: "replace", path, value: written(value) }];
  });
}

export function escapeSegment(segment: string): string {
  return segment.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** A map of texts below `path`: what changed is put, what is gone removed. */
export function mapped(path: string, wanted: unknown, before: unknown): PatchOperation[] {
  const now = (wanted ?? {}) as Readonly<Record<string, string>>;
  const old = (before ?? {}) as Readonly<Record<string, string>>;
  const gone = Object.keys(old).filter((name) => !Object.hasOwn(now, name));
  return [
    ...gone.map((name) => ({ op: "remove", path: `${path}/${escapeSegment(name)}` })),
    ...Object.entries(now).map(([name, value]) => ({
      op: "replace",
      path: `${path}/${escapeSegment(name)}`,
      value: String(value),
    })),
  ];
}
