// Filters of ListSecrets and BatchGetSecretValue.

import type { Filter } from "../../../models/secretsmanager.d.ts";
import { invalidParameter } from "../errors.ts";
import type { Secret } from "../store.ts";

export function meetsAll(secret: Secret, filters: readonly Filter[]): boolean {
  return filters.every(({ Key = "all", Values = [] }) => {
    const negated = Values.filter((value) => value.startsWith("!")).map((value) => value.slice(1));
    const wanted = Values.filter((value) => !value.startsWith("!"));
    if (negated.some((value) => meets(secret, Key, value))) return false;
    return wanted.length === 0 || wanted.some((value) => meets(secret, Key, value));
  });
}

function meets(secret: Secret, key: string, value: string): boolean {
  const { name, description = "", tags, arn } = secret;
  const contains = (text: string): boolean => text.toLowerCase().includes(value.toLowerCase());
  switch (key) {
    case "name":
      return name.startsWith(value);
    case "description":
      return contains(description);
    case "tag-key":
      return tags.some((tag) => tag.Key.startsWith(value));
    case "tag-value":
      return tags.some((tag) => tag.Value.startsWith(value));
    case "primary-region":
      return (arn.split(":")[3] ?? "").startsWith(value);
    case "owning-service":
      return false;
    case "all":
      return [name, description, ...tags.flatMap((tag) => [tag.Key, tag.Value])].some(contains);
    default:
      throw invalidParameter(`Invalid filter key: ${key}`);
  }
}
