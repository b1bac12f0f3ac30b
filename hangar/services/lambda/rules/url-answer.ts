// A function URL's configuration in an answer, and the address it gets.

import type { FunctionUrlConfig } from "../../../models/lambda.d.ts";
import { notFound } from "../errors.ts";
import type { LambdaContext, UrlRow } from "../store.ts";
import { versionAt } from "./find.ts";
import { functionArn, resolveReference } from "./function-name.ts";

/** `http://<id>.lambda-url.<region>.localhost:4566/`: AWS's address on our host. */
function functionUrl(context: LambdaContext, id: string): string {
  const origin = new URL(context.endpoint);
  const host = /^[\d.]+$|^\[/.test(origin.hostname) ? "localhost" : origin.hostname;
  return `${origin.protocol}//${id}.lambda-url.${context.region}.${host}${origin.port === "" ? "" : `:${origin.port}`}/`;
}

export function urlKey(name: string, qualifier: string | undefined): string {
  return qualifier === undefined ? name : `${name}:${qualifier}`;
}

export function urlAnswer(row: UrlRow, context: LambdaContext): FunctionUrlConfig {
  return {
    FunctionUrl: functionUrl(context, row.id),
    FunctionArn: functionArn(context, row.functionName, row.qualifier),
    AuthType: row.authType,
    ...(row.cors === undefined ? {} : { Cors: row.cors }),
    CreationTime: new Date(row.createdAt).toISOString(),
    LastModifiedTime: new Date(row.modifiedAt).toISOString(),
    InvokeMode: row.invokeMode,
  };
}

type Named = { readonly FunctionName: string; readonly Qualifier?: string | undefined };

/** What is to have a URL, or one that is changed: its function, and alias, must be there. */
export function urlHolder(
  context: LambdaContext,
  input: Named,
): { readonly name: string; readonly qualifier: string | undefined } {
  const { name, qualifier } = resolveReference(input.FunctionName, input.Qualifier, context);
  if (!context.store.functions.has(name) || versionAt(context.store, name, qualifier) === undefined)
    throw notFound("Function does not exist");
  return { name, qualifier };
}

/** AWS tells the mode to those who name it, and to those who read. */
export function changedUrlAnswer(
  row: UrlRow,
  context: LambdaContext,
  given: { readonly InvokeMode?: string | undefined },
): FunctionUrlConfig {
  const { InvokeMode: _mode, ...answer } = urlAnswer(row, context);
  return given.InvokeMode === undefined ? answer : { ...answer, InvokeMode: row.invokeMode };
}

export function presentUrl(context: LambdaContext, input: Named): UrlRow {
  const { name, qualifier } = resolveReference(input.FunctionName, input.Qualifier, context);
  const row = context.store.urls.get(urlKey(name, qualifier));
  if (row === undefined) throw notFound("The resource you requested does not exist.");
  return row;
}
