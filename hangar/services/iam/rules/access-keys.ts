// Access keys of users: found by user for lists, by id for signatures.

import { noSuchEntity } from "../errors.ts";
import { keyStore, nameKey, type AccessKey, type IamContext } from "../store.ts";

/** Keys of a user that are not deleted, oldest first. */
export function ownKeys(context: IamContext, userName: string): AccessKey[] {
  const own = [...keyStore(context).accessKeys.rows()].filter(
    (key) => key.account === context.account && key.deleted !== true && nameKey(key.userName) === nameKey(userName),
  );
  return own.sort((left, right) => left.created - right.created);
}

export function keyOf(context: IamContext, id: string, userName: string | undefined): AccessKey {
  const key = keyStore(context).accessKeys.get(id);
  const foreign = key === undefined || key.deleted === true || key.account !== context.account;
  if (foreign || (userName !== undefined && nameKey(userName) !== nameKey(key.userName)))
    throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
  return key;
}

export function putKey(context: IamContext, key: AccessKey): void {
  keyStore(context).accessKeys.put(key.AccessKeyId, key);
}
