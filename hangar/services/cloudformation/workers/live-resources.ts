// A stack's resources as they really are: what a change set that reverts drift compares with, and starts from.

import type { Caller, Context } from "../../../cloud/operation.ts";
import type { PlainObject } from "../rules/template.ts";
import { within, type Drift, type Resource, type Stack, type Tables } from "../store.ts";
import { driftOf } from "./detect-drift.ts";
import { resourcesOf } from "./plan.ts";

export type Live = {
  /** Those that are still there, with the properties that somebody changed. */
  readonly resources: ReadonlyMap<string, Resource>;
  readonly statuses: ReadonlyMap<string, string>;
};

export async function liveResources(stack: Stack, caller: Caller, context: Context<Tables>): Promise<Live> {
  const checked = await Promise.all(
    [...resourcesOf(stack.id, context).values()].map(async (resource) => ({
      resource,
      drift: await driftOf(stack, resource, caller, context),
    })),
  );
  return {
    resources: new Map(
      checked
        .filter(({ drift }) => drift.status !== "DELETED")
        .map(({ resource, drift }) => [resource.logicalId, withLiveProperties(resource, drift)]),
    ),
    statuses: new Map(checked.map(({ resource, drift }) => [resource.logicalId, drift.status])),
  };
}

function withLiveProperties(resource: Resource, drift: Drift): Resource {
  const changed = new Set((drift.differences ?? []).map((found) => String(found["PropertyPath"]).split("/")[1] ?? ""));
  if (changed.size === 0) return resource;
  const actual = JSON.parse(drift.actual ?? "{}") as PlainObject;
  const live = Object.entries(actual).filter(([key]) => changed.has(key));
  const kept = Object.entries(resource.properties).filter(([key]) => !changed.has(key));
  return { ...resource, properties: Object.fromEntries([...kept, ...live]) };
}

/** From here on the stack's rows say what is there: the update that follows sees the drift as changes. */
export async function acknowledgeDrift(stack: Stack, caller: Caller, context: Context<Tables>): Promise<void> {
  const live = await liveResources(stack, caller, context);
  for (const resource of resourcesOf(stack.id, context).values()) {
    const { state: _, ...gone } = resource;
    context.store.resources.put(
      within(stack.id, resource.logicalId),
      live.resources.get(resource.logicalId) ?? { ...gone, status: "DELETE_COMPLETE" },
    );
  }
}
