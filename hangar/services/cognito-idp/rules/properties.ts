// What the CloudFormation types of Cognito share: tags and identifiers.

import type { ResourceContext } from "../../../cloud/resource.ts";

/** The stack's tags under the resource's own; those that only AWS may set are left out. */
export function tagsOf(own: unknown, context: ResourceContext): Readonly<Record<string, string>> {
  const stack = context.tags.filter((tag) => !tag.Key.startsWith("aws:"));
  return {
    ...Object.fromEntries(stack.map((tag) => [tag.Key, tag.Value])),
    ...(own as Record<string, string> | undefined),
  };
}

/** The parts of an identifier such as `pool|client`. */
export function partsOf(identifier: string): readonly [string, string, string] {
  const [first = "", second = "", third = ""] = identifier.split("|");
  return [first, second, third];
}
