// The ARN a function policy hangs on, once the function and its qualifier are known to exist.

import { aliasNotFound, functionNotFound, notFound } from "../errors.ts";
import type { LambdaContext, PolicyRow } from "../store.ts";
import { versionAt } from "./find.ts";
import { functionArn, isAliasName, resolveReference } from "./function-name.ts";

export function policyTarget(context: LambdaContext, text: string, qualifier: string | undefined): string {
  const reference = resolveReference(text, qualifier, context);
  const arn = functionArn(context, reference.name, reference.qualifier);
  if (!context.store.functions.has(reference.name)) throw functionNotFound(functionArn(context, reference.name));
  if (
    reference.qualifier !== undefined &&
    versionAt(context.store, reference.name, reference.qualifier) === undefined
  ) {
    throw isAliasName(reference.qualifier) && !reference.qualifier.includes("$")
      ? aliasNotFound(arn)
      : functionNotFound(arn);
  }
  return arn;
}

/** Whatever is not there, Lambda says that the policy is not. */
export function presentPolicy(
  context: LambdaContext,
  text: string,
  qualifier: string | undefined,
): { readonly arn: string; readonly policy: PolicyRow } {
  const reference = resolveReference(text, qualifier, context);
  const arn = functionArn(context, reference.name, reference.qualifier);
  const policy = context.store.policies.get(arn);
  if (policy === undefined) throw notFound("The resource you requested does not exist.");
  return { arn, policy };
}

/** The policy's, or that of the function, version or alias which has none yet. */
export function policyRevision(
  context: LambdaContext,
  text: string,
  qualifier: string | undefined,
): string | undefined {
  const { store } = context;
  const { name, qualifier: of = "$LATEST" } = resolveReference(text, qualifier, context);
  const policy = store.policies.get(functionArn(context, name, of === "$LATEST" ? undefined : of));
  return policy?.revisionId ?? (store.aliases.get(`${name}:${of}`) ?? store.versions.get(`${name}:${of}`))?.revisionId;
}
