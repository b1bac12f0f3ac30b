// Removes attributes of a user: none that the pool requires.

import { invalidParameter, notAuthorized } from "../errors.ts";
import type { ClientRow, Place, UserRow } from "../store.ts";
import { saveUser } from "./users.ts";

/** A client, where one asks, must be allowed to write them. */
export function deleteAttributes(place: Place, user: UserRow, names: readonly string[], client?: ClientRow): void {
  const { pool, context } = place;
  const writable = client?.settings.WriteAttributes;
  if (writable !== undefined && names.some((name) => !writable.includes(name)))
    throw notAuthorized("A client attempted to write unauthorized attribute");
  for (const name of names) {
    const attribute = pool.schema.find((each) => each.Name === name);
    if (attribute === undefined) throw invalidParameter(`user.${name}: Attribute does not exist in the schema.\n`);
    if (attribute.Required === true || attribute.Mutable === false)
      throw invalidParameter(`user.${name}: Attribute cannot be deleted.\n`);
  }
  const gone = new Set(names.flatMap((name) => [name, `${name}_verified`]));
  const attributes = Object.fromEntries(Object.entries(user.attributes).filter(([name]) => !gone.has(name)));
  saveUser(place, { ...user, attributes, modified: context.clock.now() });
}
