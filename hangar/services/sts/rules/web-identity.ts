// Web identities: what a token says of its bearer, as the condition keys and session tags of roles.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html

export type Claims = Readonly<Record<string, unknown>>;

/** A token that is believed. */
export type WebIdentity = {
  /** What a trust policy names as `Federated`, and what the answer shows. */
  readonly principal: string;
  /** What condition keys begin with. */
  readonly prefix: string;
  readonly claims: Claims;
};

/** `accounts.example.com:sub`, in lower case. */
export function claimKeys({ prefix, claims }: WebIdentity): Readonly<Record<string, string | readonly string[]>> {
  const keys: [string, string | readonly string[]][] = [];
  for (const name of ["sub", "aud", "amr", "email", "azp"]) {
    const value = claims[name];
    const key = `${prefix}:${name}`.toLowerCase();
    if (typeof value === "string") keys.push([key, value]);
    else if (Array.isArray(value)) keys.push([key, value.map(String)]);
  }
  return Object.fromEntries(keys);
}

export function audiencesOf({ aud }: Claims): readonly string[] {
  return aud === undefined ? [] : [aud].flat().map(String);
}

type TagsClaim = {
  readonly principal_tags?: Readonly<Record<string, readonly string[]>>;
  readonly transitive_tag_keys?: readonly string[];
};

/** Session tags travel in a claim of their own. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html */
export function tagsIn(claims: Claims): {
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
  readonly TransitiveTagKeys: readonly string[];
} {
  const { principal_tags = {}, transitive_tag_keys = [] } = (claims["https://aws.amazon.com/tags"] ?? {}) as TagsClaim;
  return {
    Tags: Object.entries(principal_tags).map(([Key, values]) => ({ Key, Value: String(values[0] ?? "") })),
    TransitiveTagKeys: transitive_tag_keys,
  };
}
