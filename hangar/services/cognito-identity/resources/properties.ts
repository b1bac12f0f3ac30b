// What the CloudFormation types of identity pools share: calls of the service, and tags.

import type { ResourceContext } from "../../../cloud/resource.ts";

type Input = Readonly<Record<string, unknown>>;

export function call(context: ResourceContext, operation: string, input: Input): Promise<Record<string, unknown>> {
  return context.call("cognito-identity", operation, input);
}

type Tag = { readonly Key: string; readonly Value: string };

/** The stack's tags under the resource's own; those that only AWS may set are left out. */
export function tagsOf(own: unknown, { tags }: ResourceContext): Readonly<Record<string, string>> {
  const all = [...tags, ...((own ?? []) as readonly Tag[])].filter(({ Key }) => !Key.startsWith("aws:"));
  return Object.fromEntries(all.map(({ Key, Value }) => [Key, Value]));
}
