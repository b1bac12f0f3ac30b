// Compares a resource with what its stack made it: the properties the template set against those it has now.

import type { Caller, Context } from "../../../cloud/operation.ts";
import { primaryIdentifier } from "../../../cloud/primary-identifier.ts";
import { loadCloudFormationType } from "../../../models/load.ts";
import { differences, type Difference } from "../rules/differences.ts";
import { isObject, type PlainObject } from "../rules/template.ts";
import { within, type Drift, type Resource, type Stack, type Tables, type Tag } from "../store.ts";
import { resourceContext } from "./resource-context.ts";

export async function detectDrift(stack: Stack, resource: Resource, context: Context<Tables>): Promise<Resource> {
  const drift = await driftOf(stack, resource, context.caller, context);
  const row: Resource = { ...resource, drift };
  context.store.resources.put(within(resource.stackId, resource.logicalId), row);
  return row;
}

export async function driftOf(
  stack: Stack,
  resource: Resource,
  caller: Caller,
  context: Context<Tables>,
): Promise<Drift> {
  const checked = context.clock.now();
  const handler = context.ports.resources.resourceType(resource.type);
  if (handler?.read === undefined || resource.state === undefined) return { status: "NOT_CHECKED", checked };
  const handlerContext = resourceContext(stack, { caller, target: stack }, resource.logicalId, context);
  const facts = loadCloudFormationType(resource.type);
  const identifier = primaryIdentifier(facts, resource.state, resource.properties);
  const actual = await handler.read(identifier, handlerContext);
  if (actual === undefined) return { status: "DELETED", checked, expected: JSON.stringify(resource.properties) };
  const { unread = [] } = handler;
  const isTold = (key: string): boolean =>
    actual[key] !== undefined || (handler.unread !== undefined && !unread.some((path) => stands(path, [key])));
  const { expected, seen } = comparable(resource, actual, { tags: facts?.tags?.property, isTold });
  const changed = differences(expected, seen, facts).filter(
    (each) => isDrift(each) && !unread.some((path) => stands(path, each.path)),
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

function stands(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.every((step, index) => step === "*" || step === path[index]);
}

/** A name where the service tells the whole ARN is the same thing, and a secret that the template only points to is nobody's to compare. */
function isDrift({ kind, before, after }: Difference): boolean {
  if (kind === "Add") return false;
  if (typeof before !== "string") return true;
  if (before.includes("{{resolve:")) return false;
  return !(
    typeof after === "string" &&
    after.startsWith("arn:") &&
    /[:/]/.test(after.at(-before.length - 1) ?? "") &&
    after.endsWith(before)
  );
}

/** An empty list is none. */
function isNothing(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/** Only what the template sets and the service tells is compared: defaults and secrets are not drift. */
function comparable(
  resource: Resource,
  actual: PlainObject,
  { tags, isTold }: { readonly tags: string | undefined; readonly isTold: (key: string) => boolean },
): { readonly expected: PlainObject; readonly seen: PlainObject } {
  const keys = Object.keys(resource.properties).filter((key) => isTold(key) && !isNothing(resource.properties[key]));
  const pick = (from: PlainObject): PlainObject =>
    Object.fromEntries(keys.map((key) => [key, from[key]]).filter(([, value]) => value !== undefined));
  const seen = inOrder(pick(actual), resource.properties);
  const wanted = tags === undefined ? undefined : resource.properties[tags];
  return {
    expected: pick(resource.properties),
    seen:
      tags === undefined || seen[tags] === undefined
        ? seen
        : { ...seen, [tags]: ownTags(seen[tags], wanted, resource.tags) },
  };
}

const NAMES = ["IndexName", "AttributeName", "Id"];

/** Things that are told apart by their names are no other for coming in another order. */
function inOrder(seen: PlainObject, wanted: PlainObject): PlainObject {
  return Object.fromEntries(
    Object.entries(seen).map(([key, value]) => {
      const order = wanted[key];
      if (!Array.isArray(value) || !Array.isArray(order)) return [key, value];
      const items = value as readonly unknown[];
      const name = NAMES.find((each) => [...items, ...order].every((item) => isObject(item) && each in item));
      if (name === undefined) return [key, value];
      const names = order.map((item: PlainObject) => item[name]);
      return [
        key,
        (items as readonly PlainObject[]).toSorted(
          (left, right) => place(names, left[name]) - place(names, right[name]),
        ),
      ];
    }),
  );
}

type ListedTag = { readonly Key?: unknown; readonly Value?: unknown };

/** The tags that are the template's affair, in its order: not AWS's own, nor those the stack hands down. */
function ownTags(found: unknown, wanted: unknown, handedDown: readonly Tag[]): unknown {
  if (isObject(found)) return Object.fromEntries(Object.entries(found).filter(([key]) => !key.startsWith("aws:")));
  if (!Array.isArray(found)) return found;
  const order = Array.isArray(wanted) ? wanted.map((tag: ListedTag) => tag.Key) : [];
  const fromStack = (tag: ListedTag): boolean =>
    !order.includes(tag.Key) && handedDown.some((other) => other.Key === tag.Key && other.Value === tag.Value);
  return found
    .filter((tag: ListedTag) => !String(tag.Key).startsWith("aws:") && !fromStack(tag))
    .toSorted((left: ListedTag, right: ListedTag) => place(order, left.Key) - place(order, right.Key));
}

function place(order: readonly unknown[], key: unknown): number {
  const at = order.indexOf(key);
  return at < 0 ? order.length : at;
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
