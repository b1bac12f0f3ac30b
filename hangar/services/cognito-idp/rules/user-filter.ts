// ListUsers' filter: an attribute, `=` or `^=`, and a quoted text. https://docs.aws.amazon.com/cognito/latest/developerguide/how-to-manage-user-accounts.html

import { invalidParameter } from "../errors.ts";
import type { UserRow } from "../store.ts";

const FILTER = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/;

const SEARCHABLE = new Set([
  "username",
  "email",
  "phone_number",
  "name",
  "given_name",
  "family_name",
  "preferred_username",
  "cognito:user_status",
  "status",
  "sub",
]);

export function userFilter(filter: string | undefined): (user: UserRow) => boolean {
  if (filter === undefined || filter.trim() === "") return () => true;
  const [, name = "", operator, quoted = ""] = FILTER.exec(filter) ?? [];
  if (operator === undefined) throw invalidParameter("Error while parsing filter.");
  if (!SEARCHABLE.has(name)) throw invalidParameter(`Invalid search attribute: ${name}`);
  const wanted = quoted.replaceAll(/\\(.)/g, "$1");
  return (user) => {
    const value = valueIn(name, user);
    if (value === undefined) return false;
    return operator === "=" ? value === wanted : value.startsWith(wanted);
  };
}

function valueIn(name: string, user: UserRow): string | undefined {
  switch (name) {
    case "username":
      return user.username;
    case "sub":
      return user.sub;
    case "status":
      return user.enabled ? "Enabled" : "Disabled";
    case "cognito:user_status":
      return user.status;
    default:
      return user.attributes[name];
  }
}
