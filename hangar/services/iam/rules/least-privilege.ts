// The smallest policy that allows a role what it was seen to do: never an action, a resource or a condition wider than what was granted.

import type { AccessUse } from "../../../cloud/access-tally.ts";
import type { Grant } from "./grants.ts";
import { resourcePatterns, withoutCovered } from "./resource-patterns.ts";

export type PolicyStatement = {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: unknown;
};

type Need = { readonly used: Set<string>; readonly granted: Set<string>; readonly whole: Set<string> };

/** `uses` are those that were allowed; `work` are actions the role's service takes by itself. */
export function leastPrivilege(
  grants: readonly Grant[],
  uses: readonly AccessUse[],
  work: readonly string[],
): PolicyStatement[] {
  const needs = new Map<string, Need>();
  for (const use of uses) addUse(needs, grants, use);
  for (const action of work) {
    for (const grant of grants.filter((each) => names(each, action)))
      for (const resource of grant.resources) needOf(needs, grant, action).whole.add(resource);
  }
  const statements = new Map<string, { readonly actions: string[]; readonly resources: readonly string[] }>();
  for (const [key, { used, granted, whole }] of needs) {
    const [action = "", condition = ""] = key.split("\n");
    const patterns = new Set([...whole, ...resourcePatterns([...used], [...granted])]);
    const resources = withoutCovered([...patterns]).toSorted();
    if (resources.length === 0) continue;
    const place = `${condition}\n${resources.join("\n")}`;
    const statement = statements.get(place) ?? { actions: [], resources };
    statement.actions.push(action);
    statements.set(place, statement);
  }
  return [...statements]
    .map(([place, { actions, resources }]): PolicyStatement => {
      const condition = place.slice(0, place.indexOf("\n"));
      return {
        Effect: "Allow",
        Action: actions.toSorted(),
        Resource: resources,
        ...(condition === "" ? {} : { Condition: JSON.parse(condition) as unknown }),
      };
    })
    .toSorted((a, b) => (String(a.Action) < String(b.Action) ? -1 : 1));
}

/** Names the action's service: a bare star does not say that the role's service needs it. */
export function names(grant: Grant, action: string): boolean {
  const service = action.slice(0, action.indexOf(":") + 1);
  return (
    grant.namesResources &&
    grant.allows(action) &&
    grant.actions.some((each) => each.toLowerCase().startsWith(service.toLowerCase()))
  );
}

function addUse(needs: Map<string, Need>, grants: readonly Grant[], { action, resource }: AccessUse): void {
  const giving = grants.filter((grant) => grant.allows(action) && (resource === undefined || grant.reaches(resource)));
  const open = giving.filter(({ condition }) => condition === undefined);
  for (const grant of open.length > 0 ? open : giving) {
    const need = needOf(needs, grant, action);
    // Not listed one by one: what was granted is all that is known of them.
    if (resource === undefined) {
      if (grant.namesResources) for (const pattern of grant.resources) need.whole.add(pattern);
      continue;
    }
    need.used.add(resource);
    for (const pattern of grant.namesResources ? grant.resources : [resource]) need.granted.add(pattern);
  }
}

function needOf(needs: Map<string, Need>, grant: Grant, action: string): Need {
  const condition = grant.condition === undefined ? "" : JSON.stringify(grant.condition);
  const key = `${spelling(grant, action)}\n${condition}`;
  const need = needs.get(key) ?? { used: new Set(), granted: new Set(), whole: new Set() };
  needs.set(key, need);
  return need;
}

/** Actions mean the same in any case: the policy's own writing is kept. */
function spelling(grant: Grant, action: string): string {
  return grant.actions.find((each) => each.toLowerCase() === action.toLowerCase()) ?? action;
}
