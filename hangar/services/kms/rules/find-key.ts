// Keys by id, ARN, alias or alias ARN, and whether they may be used.

import { parseArn } from "../../../kernel/arn.ts";
import { disabled, invalidKeyUsage, invalidState, notFound, validationException } from "../errors.ts";
import type { Alias, Key, KmsContext, Usage } from "../store.ts";
import { managedKey } from "./new-key.ts";

const KEY_ID = /^([0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}|mrk-[0-9a-f]{32})$/;

/** Throws KMS's own errors for what names no key. */
export function findKey(context: KmsContext, given: string, region = context.region): Key {
  const place = placeOf(context, given, region);
  if (place.resource.startsWith("alias/")) return keyOfAlias(context, place);
  if (!KEY_ID.test(place.resource)) throw notFound(`Invalid keyId '${place.resource}'`);
  const key = context.storeAt(place.account, place.region).keys.get(place.resource);
  if (key === undefined)
    throw notFound(`Key 'arn:aws:kms:${place.region}:${place.account}:key/${place.resource}' does not exist`);
  return key;
}

/** Without throwing: for access rules. */
export function keyIfAny(context: KmsContext, given: string | undefined): Key | undefined {
  if (given === undefined) return undefined;
  try {
    return findKey(context, given);
  } catch {
    return undefined;
  }
}

type Place = {
  readonly account: string;
  readonly region: string;
  /** Key id or alias name. */ readonly resource: string;
};

function placeOf(context: KmsContext, given: string, region: string): Place {
  if (!given.startsWith("arn:")) return { account: context.account, region, resource: given };
  const arn = parseArn(given);
  if (arn === undefined || arn.service !== "kms") throw notFound(`Invalid arn ${given}`);
  if (arn.region !== region) throw notFound(`Invalid arn ${arn.region}`);
  return { account: arn.account, region: arn.region, resource: arn.resource.replace(/^key\//, "") };
}

function keyOfAlias(context: KmsContext, { account, region, resource }: Place): Key {
  const store = context.storeAt(account, region);
  const alias = store.aliases.get(resource);
  const key = alias === undefined ? undefined : store.keys.get(alias.target);
  if (key !== undefined) return key;
  // AWS's own keys come into being when they are first asked for.
  if (/^alias\/aws\/[\w-]+$/.test(resource)) return managedKey(context, { account, region, alias: resource });
  throw notFound(`Alias arn:aws:kms:${region}:${account}:${resource} is not found.`);
}

/** A key that may be used for what an operation does. */
export function usableKey(
  context: KmsContext,
  given: string,
  { usage, operation }: { readonly usage: Usage; readonly operation: string },
): Key {
  const key = findKey(context, given);
  checkUsable(key);
  if (key.usage !== usage)
    throw invalidKeyUsage(`${key.arn} key usage is ${key.usage} which is not valid for ${operation}.`);
  return key;
}

export function checkUsable(key: Key): void {
  if (key.state === "Disabled") throw disabled(key.arn);
  checkNotPending(key);
}

export function checkNotPending(key: Key): void {
  if (key.state === "PendingDeletion") throw invalidState(`${key.arn} is pending deletion.`);
}

/** Keys that customers may change; AWS's own may not. */
export function ownKey(context: KmsContext, given: string): Key {
  if (given.startsWith("alias/")) throw notFound(`Invalid keyId '${given}'`);
  return findKey(context, given);
}

export function putKey(context: KmsContext, key: Key): void {
  const before = context.storeAt(key.account, context.region).keys.put(key.id, key);
  if (before !== undefined && before.state !== key.state) context.scheduler.wake(`kms-key:${key.arn}`);
}

export function aliasesOf(context: KmsContext, key: Key): Alias[] {
  return [...context.storeAt(key.account, context.region).aliases.rows()].filter((alias) => alias.target === key.id);
}

export function checkAliasName(name: string): void {
  if (!name.startsWith("alias/"))
    throw validationException(
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
  if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(name))
    throw validationException("Alias contains invalid characters for an alias");
}
