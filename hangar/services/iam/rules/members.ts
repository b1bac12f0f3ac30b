// Who is in a group.

import { accountStore, nameKey, type IamContext, type User } from "../store.ts";

export function membersOf(context: IamContext, groupName: string): User[] {
  const key = nameKey(groupName);
  return [...accountStore(context).users.rows()].filter((user) => user.groups.some((name) => nameKey(name) === key));
}
