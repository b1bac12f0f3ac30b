// Finds what a call is about: a function, the version or alias it names, and its place.

import { aliasNotFound, functionNotFound, preconditionFailed } from "../errors.ts";
import type { AliasRow, FunctionRow, LambdaContext, LambdaStore, VersionRow } from "../store.ts";
import { functionArn, isAliasName, resolveReference, type Place } from "./function-name.ts";

export type Found = {
  readonly place: Place;
  readonly store: LambdaStore;
  readonly row: FunctionRow;
  readonly version: VersionRow;
  readonly alias: AliasRow | undefined;
  /** As the call named it. */
  readonly qualifier: string | undefined;
  /** With the qualifier, when there is one. */
  readonly arn: string;
};

/** Throws ResourceNotFoundException in the words AWS has for most operations; `unnamed` is what they have for no qualifier. */
export function findFunction(context: LambdaContext, text: string, qualifier?: string, unnamed?: "$LATEST"): Found {
  const reference = resolveReference(text, qualifier, context);
  const place = { account: reference.account, region: context.region };
  const store =
    reference.account === context.account ? context.store : context.storeAt(reference.account, context.region);
  const arn = functionArn(place, reference.name, reference.qualifier);
  const row = store.functions.get(reference.name);
  if (row === undefined) throw functionNotFound(functionArn(place, reference.name, reference.qualifier ?? unnamed));
  const found = versionAt(store, reference.name, reference.qualifier);
  if (found === undefined) throw functionNotFound(arn);
  return { place, store, row, ...found, qualifier: reference.qualifier, arn };
}

/** The row behind `$LATEST`, a number or an alias's main version. */
export function versionAt(
  store: LambdaStore,
  name: string,
  qualifier: string | undefined,
): { readonly version: VersionRow; readonly alias: AliasRow | undefined } | undefined {
  const alias =
    qualifier !== undefined && isAliasName(qualifier) ? store.aliases.get(`${name}:${qualifier}`) : undefined;
  const wanted = qualifier === undefined ? "$LATEST" : isAliasName(qualifier) ? alias?.version : qualifier;
  if (wanted === undefined) return undefined;
  const version = store.versions.get(`${name}:${wanted}`);
  return version === undefined ? undefined : { version, alias };
}

/** For operations on the function as a whole: the name without a qualifier. */
export function findUnqualified(context: LambdaContext, text: string): Found {
  const reference = resolveReference(text, undefined, context);
  return findFunction(
    context,
    reference.account === context.account
      ? reference.name
      : functionArn({ account: reference.account, region: context.region }, reference.name),
  );
}

export function findAlias(
  context: LambdaContext,
  functionName: string,
  name: string,
): { readonly found: Found; readonly alias: AliasRow } {
  const reference = resolveReference(functionName, undefined, context);
  const alias = context.store.aliases.get(`${reference.name}:${name}`);
  if (alias === undefined) throw aliasNotFound(functionArn(context, reference.name, name));
  return { found: findUnqualified(context, functionName), alias };
}

/** RevisionId given and not the present one. */
export function checkRevision(
  given: string | undefined,
  present: string | undefined,
  what: Parameters<typeof preconditionFailed>[0],
): void {
  if (given !== undefined && given !== present) throw preconditionFailed(what);
}

/** All versions of a function, `$LATEST` first, then by number. */
export function versionsOf(store: LambdaStore, name: string): VersionRow[] {
  return [...store.versions.rows({ prefix: `${name}:` })].toSorted((a, b) => order(a.version) - order(b.version));
}

function order(version: string): number {
  return version === "$LATEST" ? 0 : Number(version);
}

export function aliasesOf(store: LambdaStore, name: string): AliasRow[] {
  return [...store.aliases.rows({ prefix: `${name}:` })];
}
