// Pages of a bucket's analytics, inventory, metrics and tiering configurations: a hundred at a time, by their ids.

const PAGE = 100;

export type ConfigurationPage<Each> = {
  readonly items: readonly Each[];
  readonly members: {
    readonly IsTruncated: boolean;
    readonly ContinuationToken?: string;
    readonly NextContinuationToken?: string;
  };
};

/** A token is the last id of the page before. */
export function configurationPage<Each>(
  configurations: Readonly<Record<string, Each>> | undefined,
  token: string | undefined,
): ConfigurationPage<Each> {
  const ids = Object.keys(configurations ?? {}).sort();
  const after = token === undefined ? undefined : Buffer.from(token, "base64").toString();
  const rest = after === undefined ? ids : ids.filter((id) => id > after);
  const page = rest.slice(0, PAGE);
  const last = page.at(-1);
  const isTruncated = rest.length > PAGE;
  return {
    items: page.flatMap((id) => configurations?.[id] ?? []),
    members: {
      IsTruncated: isTruncated,
      ...(token === undefined ? {} : { ContinuationToken: token }),
      ...(isTruncated && last !== undefined ? { NextContinuationToken: Buffer.from(last).toString("base64") } : {}),
    },
  };
}
