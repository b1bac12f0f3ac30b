// Takes apart what FunctionName may be: a name, a partial ARN or an ARN, each with or without a qualifier.

import { invalidParameter, notFound } from "../errors.ts";

export type FunctionReference = {
  readonly name: string;
  readonly qualifier: string | undefined;
  readonly account: string | undefined;
  readonly region: string | undefined;
};

const ARN = /^arn:[^:]*:lambda:([^:]*):(\d{12}):(?:function:)?([^:]+)(?::(.+))?$/;
const PARTIAL =
  /^(?:([a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d):)?(?:(\d{12}):)?(?:function:)?([a-zA-Z0-9-_.]+)(?::(\$LATEST|[a-zA-Z0-9-_]+))?$/;

/** The model's pattern has been checked; what still fails it is taken as a name. */
export function parseFunctionName(text: string): FunctionReference {
  const match = ARN.exec(text) ?? PARTIAL.exec(text);
  if (match === null) return { name: text, qualifier: undefined, account: undefined, region: undefined };
  const [, region, account, name = text, qualifier] = match;
  return { name, qualifier, account, region };
}

export type Place = { readonly account: string; readonly region: string };

/** A reference within a place; the qualifier from the name and the parameter must agree. */
export function resolveReference(
  text: string,
  qualifier: string | undefined,
  place: Place,
): { readonly name: string; readonly qualifier: string | undefined; readonly account: string } {
  const reference = parseFunctionName(text);
  if (reference.region !== undefined && reference.region !== "" && reference.region !== place.region) {
    throw notFound(`Functions from '${reference.region}' are not reachable in this region ('${place.region}')`);
  }
  if (reference.qualifier !== undefined && qualifier !== undefined && reference.qualifier !== qualifier) {
    throw invalidParameter("The derived qualifier from the function name does not match the specified qualifier.");
  }
  return {
    name: reference.name,
    qualifier: qualifier ?? reference.qualifier,
    account: reference.account ?? place.account,
  };
}

export function functionArn(place: Place, name: string, qualifier?: string): string {
  return `arn:aws:lambda:${place.region}:${place.account}:function:${name}${qualifier === undefined ? "" : `:${qualifier}`}`;
}

/** Versions are numbers; everything else but $LATEST is an alias. */
export function isAliasName(qualifier: string): boolean {
  return qualifier !== "$LATEST" && !/^\d+$/.test(qualifier);
}
