// Compares a resource with what its stack made it: the properties the template set against those it has now.

import type { Context } from "../../../cloud/operation.ts";
import { loadCloudFormationType } from "../../../models/load.ts";
import { differences } from "../rules/differences.ts";
import type { PlainObject } from "../rules/template.ts";
import { within, type Drift, type Resource, type Stack, type Tables } from "../store.ts";
import { resourceContext } from "./resource-context.ts";

export async function detectDrift(stack: Stack, resource: Resource, context: Context<Tables>): Promise<Resource> {
  const drift = await driftOf(stack, resource, context);
  const row: Resource = { ...resource, drift };
  context.store.resources.put(within(resource.stackId, resource.logicalId), row);
  return row;
}

async function driftOf(stack: Stack, resource: Resource, context: Context<Tables>): Promise<Drift> {
  const checked = context.clock.now();
  const handler = context.ports.resources.resourceType(resource.type);
  if (handler?.read === undefined || resource.state === undefined) return { status: "NOT_CHECKED", checked };
  const handlerContext = resourceContext(stack, { caller: context.caller, target: stack }, resource.logicalId, context);
  const actual = await handler.read(resource.state.id, handlerContext);
  const expected = resource.properties;
  if (actual === undefined) return { status: "DELETED", checked, expected: JSON.stringify(expected) };
  // Only what the template sets is compared: defaults are not drift.
  const seen = Object.fromEntries(Object.keys(expected).map((key) => [key, actual[key] ?? expected[key]]));
  const changed = differences(expected, seen, loadCloudFormationType(resource.type)).filter(
    (difference) => difference.kind !== "Add",
  );
  const found = changed.map((difference) => ({
    PropertyPath: `/${difference.path.join("/")}`,
    ExpectedValue: text(difference.before),
    ActualValue: text(difference.after),
    DifferenceType: difference.kind === "Remove" ? "REMOVE" : "NOT_EQUAL",
  }));
  return {
    status: found.length === 0 ? "IN_SYNC" : "MODIFIED",
    checked,
    expected: JSON.stringify(expected),
    actual: JSON.stringify(seen),
    differences: found,
  };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : value === undefined ? "null" : JSON.stringify(value);
}

export function driftView(resource: Resource): PlainObject {
  const { drift } = resource;
  return {
    StackId: resource.stackId,
    LogicalResourceId: resource.logicalId,
    ...(resource.state === undefined ? {} : { PhysicalResourceId: resource.state.id }),
    ResourceType: resource.type,
    ...(drift?.expected === undefined ? {} : { ExpectedProperties: drift.expected }),
    ...(drift?.actual === undefined ? {} : { ActualProperties: drift.actual }),
    PropertyDifferences: drift?.differences ?? [],
    StackResourceDriftStatus: drift?.status ?? "NOT_CHECKED",
    Timestamp: new Date(drift?.checked ?? resource.updated),
  };
}
