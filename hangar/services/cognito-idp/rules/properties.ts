// What the CloudFormation types of Cognito share: tags, identifiers, and what is gone already.

import type { ResourceContext } from "../../../cloud/resource.ts";
import { AwsError } from "../../../kernel/aws-error.ts";

/** The stack's tags under the resource's own; those that only AWS may set are left out. */
export function tagsOf(own: unknown, context: ResourceContext): Readonly<Record<string, string>> {
  const stack = context.tags.filter((tag) => !tag.Key.startsWith("aws:"));
  return {
    ...Object.fromEntries(stack.map((tag) => [tag.Key, tag.Value])),
    ...(own as Record<string, string> | undefined),
  };
}

/** Undefined when the resource is not there. */
export async function unlessGone<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof AwsError && GONE.test(error.message) && /NotFound|InvalidParameter/.test(error.code))
      return undefined;
    throw error;
  }
}

const GONE = /does not exist|not found|No such domain/i;

/** The parts of an identifier such as `pool|client`. */
export function partsOf(identifier: string): readonly [string, string, string] {
  const [first = "", second = "", third = ""] = identifier.split("|");
  return [first, second, third];
}
