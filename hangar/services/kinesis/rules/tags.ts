// What AWS asks of tags: their characters, and how many there may be.

import { invalidArgument } from "../errors.ts";

type Tags = Readonly<Record<string, string>>;

const MOST = 50;
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@%]*$/u;

function checkTags(tags: Tags): void {
  for (const text of Object.entries(tags).flat()) {
    if (!ALLOWED.test(text))
      throw invalidArgument(
        "Some tags contain invalid characters. Valid characters: Unicode letters, digits, white space, _ . / = + - % @ :.",
      );
  }
  for (const key of Object.keys(tags)) {
    if (key.toLowerCase().startsWith("aws:"))
      throw invalidArgument("aws: prefixed tag key names are not allowed for external use.");
  }
}

/** `of` is how a message names what the tags are on. */
export function withTags(present: Tags, added: Tags, of: string): Tags {
  checkTags(added);
  const all = { ...present, ...added };
  if (Object.keys(all).length > MOST)
    throw invalidArgument(
      `Failed to add tags to ${of} because a given stream cannot have more than ${MOST} tags associated with it.`,
    );
  return all;
}

export function withoutTags(present: Tags, keys: readonly string[]): Tags {
  return Object.fromEntries(Object.entries(present).filter(([key]) => !keys.includes(key)));
}

/** In order of key, as AWS lists them. */
export function listTags(tags: Tags): { readonly Key: string; readonly Value: string }[] {
  return Object.keys(tags)
    .toSorted()
    .map((Key) => ({ Key, Value: tags[Key] ?? "" }));
}
