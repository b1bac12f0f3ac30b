// What a role was granted against what it did: used, never used, denied, and the policy that would have sufficed.

import type { AccessUse } from "../../../cloud/access-tally.ts";
import { denialsOf, grantsOf, type Grant, type NamedPolicy } from "./grants.ts";
import { leastPrivilege, names } from "./least-privilege.ts";
import { isSingle, resourcePatterns } from "./resource-patterns.ts";
import { workOf } from "./service-work.ts";

/** A role as it was deployed. */
export type DeployedRole = {
  readonly arn: string;
  readonly name: string;
  /** Service principals that may assume it. */
  readonly services: readonly string[];
  readonly policies: readonly NamedPolicy[];
};

export type Used = { readonly action: string; readonly resources: readonly string[]; readonly count: number };
export type Unused = {
  readonly policy: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
};
export type Denied = {
  readonly action: string;
  readonly resource: string;
  readonly count: number;
  readonly explanation: string;
};

export type RoleReport = {
  readonly role: string;
  readonly arn: string;
  readonly used: readonly Used[];
  /** Granted, and no call needed it. */
  readonly unused: readonly Unused[];
  /** Granted, and taken by the role's AWS service itself, which no trace shows. */
  readonly serviceWork: readonly string[];
  /** Allowed by the policy of the resource, not by the role's. */
  readonly byResourcePolicy: readonly Used[];
  /** Allowed by a policy that the role was not deployed with: a test gave it one in its own world. */
  readonly byTests: readonly Used[];
  readonly denied: readonly Denied[];
  /** Actions on more resources than were counted one by one: their grants are kept as they are. */
  readonly unlisted: readonly string[];
  /** Resources that the policy names exactly because only one was seen, though data names them. */
  readonly single: readonly string[];
  readonly leastPrivilege: { readonly Version: "2012-10-17"; readonly Statement: readonly object[] };
};

export function accessReport(role: DeployedRole, all: readonly AccessUse[]): RoleReport {
  const uses = all.filter((use) => use.role === role.arn).map((use) => ({ ...use, action: inLowerCase(use.action) }));
  const allowed = uses.filter((use) => use.allowed);
  const grants = grantsOf(role.policies);
  const own = allowed.filter((use) => grants.some((grant) => covers(grant, use)));
  const other = allowed.filter((use) => !own.includes(use));
  const used = byAction(own, grants);
  const named = new Set(grants.flatMap(({ resources }) => resources));
  const work = workOf(role.services).filter((action) => grants.some((grant) => names(grant, action)));
  return {
    role: role.name,
    arn: role.arn,
    used,
    unused: grants.flatMap((grant) => unusedOf(grant, own, work)),
    serviceWork: work,
    byResourcePolicy: byAction(
      other.filter(({ byResource }) => byResource === true),
      [],
    ),
    byTests: byAction(
      other.filter(({ byResource }) => byResource !== true),
      [],
    ),
    denied: uses
      .filter((use) => !use.allowed)
      .map(({ action, resource = "(further resources)", count, explanation = "" }) => ({
        action,
        resource,
        count,
        explanation,
      })),
    unlisted: [...new Set(own.filter(({ resource }) => resource === undefined).map(({ action }) => action))],
    single: [
      ...new Set(used.flatMap(({ resources }) => resources).filter((each) => isSingle(each) && !named.has(each))),
    ],
    leastPrivilege: {
      Version: "2012-10-17",
      Statement: [...leastPrivilege(grants, own, work), ...denialsOf(role.policies)],
    },
  };
}

/** SNS says `SNS:Publish`, policies `sns:Publish`. */
function inLowerCase(action: string): string {
  const end = action.indexOf(":");
  return action.slice(0, end).toLowerCase() + action.slice(end);
}

function covers(grant: Grant, { action, resource }: AccessUse): boolean {
  return grant.allows(action) && (resource === undefined || grant.reaches(resource));
}

/** Patterns as in the policy; without grants the resources themselves. */
function byAction(uses: readonly AccessUse[], grants: readonly Grant[]): Used[] {
  const actions = new Map<string, { readonly resources: string[]; count: number }>();
  for (const { action, resource, count } of uses) {
    const found = actions.get(action) ?? { resources: [], count: 0 };
    if (resource !== undefined) found.resources.push(resource);
    found.count += count;
    actions.set(action, found);
  }
  return [...actions]
    .map(([action, { resources, count }]) => {
      const granted = grants.filter((grant) => grant.allows(action)).flatMap((grant) => grantedBy(grant, resources));
      return { action, resources: resourcePatterns(resources, grants.length === 0 ? resources : granted), count };
    })
    .toSorted((a, b) => (a.action < b.action ? -1 : 1));
}

function grantedBy(grant: Grant, resources: readonly string[]): readonly string[] {
  return grant.namesResources ? grant.resources : resources.filter((resource) => grant.reaches(resource));
}

/** Actions that no call took, on all of the statement's resources; then resources that none of the others touched. */
function unusedOf(grant: Grant, uses: readonly AccessUse[], work: readonly string[]): Unused[] {
  const taken = uses.filter((use) => covers(grant, use));
  const { policy, resources } = grant;
  const one = (action: string): Grant => grantsOf([{ name: policy, document: allowing(action) }])[0] ?? grant;
  const simple = !grant.actions.some((action) => action.startsWith("everything but "));
  const tried = simple ? grant.actions.map((action) => ({ action, alone: one(action) })) : [];
  const idle = tried
    .filter(({ alone }) => !taken.some((use) => alone.allows(use.action)) && !work.some((each) => names(alone, each)))
    .map(({ action }) => action);
  if (!simple && taken.length === 0) return [{ policy, actions: grant.actions, resources }];
  const busy = grant.actions.filter((action) => !idle.includes(action));
  // Work that nobody sees may be on any of them.
  const seen = simple && !tried.some(({ alone }) => work.some((each) => names(alone, each)));
  const untouched = resources.filter((pattern) => !taken.some((use) => touches(pattern, use)));
  return [
    ...(idle.length === 0 ? [] : [{ policy, actions: idle, resources }]),
    ...(busy.length === 0 || !seen || !grant.namesResources || untouched.length === 0
      ? []
      : [{ policy, actions: busy, resources: untouched }]),
  ];
}

function touches(pattern: string, { resource }: AccessUse): boolean {
  return resource === undefined || resourcePatterns([resource], [pattern]).length > 0;
}

function allowing(Action: string): object {
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] };
}
