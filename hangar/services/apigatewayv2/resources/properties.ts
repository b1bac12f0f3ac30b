// How CloudFormation's properties, which are the API's own members, become inputs of its operations.

import type { Properties, ResourceContext } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";

export type Input = Readonly<Record<string, unknown>>;

export function call(context: ResourceContext, operation: string, input: Input): Promise<Record<string, unknown>> {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  return context.call("apigatewayv2", operation, given);
}

/** Undefined when it is gone, with its API or before it. */
export function found(
  context: ResourceContext,
  operation: string,
  input: Input,
): Promise<Record<string, unknown> | undefined> {
  return unlessGone(call(context, operation, input), "NotFoundException");
}

export async function remove(context: ResourceContext, operation: string, input: Input): Promise<void> {
  await found(context, operation, input);
}

/** Templates write numbers and booleans as text at times; documents as objects or as their text. */
export type Readings = Readonly<Record<string, (value: unknown) => unknown>>;

export const number = (value: unknown): number => Number(value);
export const truth = (value: unknown): boolean => value === true || value === "true";
export const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
/** A map whose values are texts, whatever JSON was written. */
export const texts = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(value as Input).map(([name, each]) => [name, text(each)]));

export function inputOf(properties: Properties, names: readonly string[], readings: Readings = {}): Input {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = properties[name];
      if (value === undefined) return [];
      return [[name, readings[name] === undefined ? value : readings[name](value)]];
    }),
  );
}

/** What is no longer given is emptied, in maps entry by entry where `merged` says that their entries stay otherwise. */
export function changesOf(wanted: Input, before: Input, merged: readonly string[] = []): Input {
  const changes: Record<string, unknown> = { ...wanted };
  for (const [name, old] of Object.entries(before)) {
    if (merged.includes(name)) changes[name] = { ...emptied(old), ...(wanted[name] as object | undefined) };
    else if (wanted[name] === undefined) changes[name] = emptyOf(old);
  }
  return changes;
}

function emptied(map: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map as object).map(([name, value]) => [name, emptyOf(value)]));
}

/** Numbers and flags have no empty value: their types say what they go back to. */
function emptyOf(value: unknown): unknown {
  if (typeof value === "string") return "";
  if (Array.isArray(value)) return [];
  return typeof value === "object" && value !== null ? {} : undefined;
}

type TagList = readonly { readonly Key: string; readonly Value: string }[];

/** Tags are a map here; those of the stack go under them. */
export function tagsOf(properties: Properties, context: { readonly tags: TagList }): Readonly<Record<string, string>> {
  const own = (properties["Tags"] ?? {}) as Readonly<Record<string, string>>;
  return { ...Object.fromEntries(context.tags.map((tag) => [tag.Key, tag.Value])), ...texts(own) };
}

export async function updateTags(
  context: ResourceContext,
  path: string,
  wanted: Properties,
  before: Properties,
): Promise<void> {
  const ResourceArn = `arn:aws:apigateway:${context.region}::${path}`;
  const now = tagsOf(wanted, context);
  const TagKeys = Object.keys(tagsOf(before, context)).filter((name) => !Object.hasOwn(now, name));
  if (TagKeys.length > 0) await call(context, "UntagResource", { ResourceArn, TagKeys });
  if (Object.keys(now).length > 0) await call(context, "TagResource", { ResourceArn, Tags: now });
}
