// The policies that speak for a caller: those on the user or role, the groups', the boundary and the session's.

import type { Caller } from "../../../cloud/operation.ts";
import {
  accountStore,
  nameKey,
  type Holder,
  type IamContext,
  type IamStore,
  type Role,
  type Tag,
  type User,
} from "../store.ts";
import type { CallerPolicies } from "./decide.ts";
import { awsManagedPolicy, isAwsManaged } from "./managed-policies.ts";
import { compiledPolicy, type Policy } from "./policy-document.ts";

export type Principal = { readonly policies: CallerPolicies; readonly tags: Readonly<Record<string, string>> };

const NO_TAGS: Readonly<Record<string, string>> = {};
const NOBODY: Principal = {
  policies: { root: false, identity: [], boundary: undefined, session: undefined },
  tags: {},
};

export function principalOf(caller: Caller, context: IamContext): Principal {
  if (caller.kind === "service" || caller.kind === "anonymous") return NOBODY;
  const session = caller.sessionPolicies?.map((text) => compiledPolicy(text));
  if (caller.kind === "root") return { policies: { root: true, identity: [], boundary: undefined, session }, tags: {} };
  const store = accountStore(context, caller.account);
  if (caller.kind === "role") {
    const role = roleAt(store, caller.roleArn ?? "");
    // A role made anew under the same name is another role.
    if (role === undefined || !caller.userId.startsWith(role.RoleId)) return NOBODY;
    return {
      policies: { root: false, identity: policiesOn(role, store), boundary: boundaryOf(role, store), session },
      tags: tagsOf(role.tags),
    };
  }
  if (caller.userName === undefined)
    return { policies: { root: caller.kind === "federated", identity: [], boundary: undefined, session }, tags: {} };
  const user = store.users.get(nameKey(caller.userName));
  if (user === undefined) return NOBODY;
  return {
    policies: { root: false, identity: ofUser(user, store), boundary: boundaryOf(user, store), session },
    tags: tagsOf(user.tags),
  };
}

export function roleAt(store: IamStore, arn: string): Role | undefined {
  const role = store.roles.get(nameKey(arn.slice(arn.lastIndexOf("/") + 1)));
  return role?.Arn === arn ? role : undefined;
}

function ofUser(user: User, store: IamStore): Policy[] {
  if (user.groups.length === 0) return policiesOn(user, store);
  const groups = user.groups.flatMap((name) => store.groups.get(nameKey(name)) ?? []);
  return [user, ...groups].flatMap((holder) => policiesOn(holder, store));
}

function policiesOn(holder: Holder, store: IamStore): Policy[] {
  const out: Policy[] = [];
  for (const document of Object.values(holder.inline)) out.push(compiledPolicy(document));
  for (const arn of holder.attached) {
    const policy = managedPolicyAt(store, arn);
    if (policy !== undefined) out.push(compiledPolicy(policy));
  }
  return out;
}

function boundaryOf(holder: { readonly boundary?: string | undefined }, store: IamStore): Policy | undefined {
  if (holder.boundary === undefined) return undefined;
  return compiledPolicy(managedPolicyAt(store, holder.boundary) ?? "");
}

/** The default version's document of a policy of ours or of AWS. */
export function managedPolicyAt(store: IamStore, arn: string): string | object | undefined {
  if (isAwsManaged(arn)) return awsManagedPolicy(arn)?.document;
  const policy = store.policies.get(arn);
  return policy?.versions.find((version) => version.id === policy.defaultVersion)?.document;
}

function tagsOf(tags: readonly Tag[]): Readonly<Record<string, string>> {
  if (tags.length === 0) return NO_TAGS;
  return Object.fromEntries(tags.map((tag) => [tag.Key, tag.Value]));
}
