// Condition keys of tags: aws:ResourceTag of a table, aws:RequestTag and aws:TagKeys of a request.

type ConditionKeys = Readonly<Record<string, string | readonly string[]>>;
export type Tag = { readonly Key: string; readonly Value: string };

export function resourceTags(tags: Readonly<Record<string, string>> | undefined): ConditionKeys {
  return Object.fromEntries(Object.entries(tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
}

/** Of a request that gives or takes tags. */
export function tagsOf(input: {
  readonly Tags?: readonly Tag[] | undefined;
  readonly TagKeys?: readonly string[] | undefined;
}): ConditionKeys {
  const tags = input.Tags ?? [];
  const keys = [...tags.map((tag) => tag.Key), ...(input.TagKeys ?? [])];
  return {
    ...(keys.length > 0 && { "aws:TagKeys": keys }),
    ...Object.fromEntries(tags.map((tag) => [`aws:RequestTag/${tag.Key}`, tag.Value])),
  };
}
