// What each operation of Cloud Control needs: its own action; the handlers' calls ask for theirs as the same caller.

import type { AccessRule } from "../../cloud/service.ts";
import type { Tables } from "./store.ts";

const ACTIONS = [
  "CreateResource",
  "DeleteResource",
  "GetResource",
  "GetResourceRequestStatus",
  "ListResourceRequests",
  "UpdateResource",
];

export const access: Readonly<Record<string, AccessRule<Tables>>> = Object.fromEntries(
  ACTIONS.map((name) => [name, () => [{ action: `cloudformation:${name}`, resource: "*" }]]),
);
