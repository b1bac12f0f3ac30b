// Session tags: what may be asked for, and what a chained session keeps.

import { invalidParameterValue } from "../errors.ts";

export type SessionTags = { readonly tags: Readonly<Record<string, string>>; readonly transitive: readonly string[] };

type Asked = {
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[] | undefined;
  readonly TransitiveTagKeys?: readonly string[] | undefined;
};

/** `inherited` are the transitive tags of the calling session. Keys are compared without case. */
export function sessionTags(
  { Tags = [], TransitiveTagKeys = [] }: Asked,
  inherited: Readonly<Record<string, string>>,
): SessionTags {
  const keys = Tags.map((tag) => tag.Key.toLowerCase());
  if (new Set(keys).size < keys.length)
    throw invalidParameterValue("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  if (TransitiveTagKeys.some((key) => !keys.includes(key.toLowerCase())))
    throw invalidParameterValue("The specified transitive tag key must be included in the requested tags.");
  const kept = new Set(Object.keys(inherited).map((key) => key.toLowerCase()));
  if (keys.some((key) => kept.has(key)))
    throw invalidParameterValue(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  const asked = Object.fromEntries(Tags.map((tag) => [tag.Key, tag.Value]));
  return { tags: { ...inherited, ...asked }, transitive: [...Object.keys(inherited), ...TransitiveTagKeys] };
}
