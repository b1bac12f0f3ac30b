// Users, groups and roles by name: the three kinds of entity that policies are put on.

import { noSuchEntity, validationError } from "../errors.ts";
import { accountStore, nameKey, type Group, type Holder, type IamContext, type Role, type User } from "../store.ts";

export type HolderKind = "user" | "group" | "role";

export function userNamed(context: IamContext, name: string): User {
  const user = accountStore(context).users.get(nameKey(name));
  if (user === undefined) throw noSuchEntity(`The user with name ${name} cannot be found.`);
  return user;
}

export function groupNamed(context: IamContext, name: string): Group {
  const group = accountStore(context).groups.get(nameKey(name));
  if (group === undefined) throw noSuchEntity(`The group with name ${name} cannot be found.`);
  return group;
}

export function roleNamed(context: IamContext, name: string): Role {
  const role = accountStore(context).roles.get(nameKey(name));
  if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return role;
}

export function putUser(context: IamContext, user: User): void {
  accountStore(context).users.put(nameKey(user.UserName), user);
}

export function putGroup(context: IamContext, group: Group): void {
  accountStore(context).groups.put(nameKey(group.GroupName), group);
}

export function putRole(context: IamContext, role: Role): void {
  accountStore(context).roles.put(nameKey(role.RoleName), role);
}

export function holderNamed(context: IamContext, kind: HolderKind, name: string): Holder {
  if (kind === "user") return userNamed(context, name);
  return kind === "group" ? groupNamed(context, name) : roleNamed(context, name);
}

/** Writes the policies of an entity back. */
export function putPolicies(
  context: IamContext,
  kind: HolderKind,
  name: string,
  policies: Partial<Pick<Holder, "inline" | "attached">>,
): void {
  if (kind === "user") putUser(context, { ...userNamed(context, name), ...policies });
  else if (kind === "group") putGroup(context, { ...groupNamed(context, name), ...policies });
  else putRole(context, { ...roleNamed(context, name), ...policies });
}

/** The user named, or the one that calls. */
export function userOrCaller(context: IamContext, name: string | undefined): User {
  const own = name ?? context.caller.userName;
  if (own === undefined) throw validationError("Must specify userName when calling with non-User credentials");
  return userNamed(context, own);
}
