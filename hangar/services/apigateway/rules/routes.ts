// An API's resources as a tree, and the method that a request is for.

import { isGreedy, isVariable } from "./resource-tree.ts";
import type { MethodRow, ResourceRow } from "../store.ts";

export type RouteNode = {
  readonly statics: Map<string, RouteNode>;
  variable: { readonly name: string; readonly node: RouteNode } | undefined;
  greedy: { readonly name: string; readonly node: RouteNode } | undefined;
  resource: ResourceRow | undefined;
  readonly methods: Map<string, MethodRow>;
};

export type Route = {
  readonly resource: ResourceRow;
  readonly method: MethodRow;
  readonly pathParameters: Readonly<Record<string, string>>;
};

function newNode(): RouteNode {
  return { statics: new Map(), variable: undefined, greedy: undefined, resource: undefined, methods: new Map() };
}

export function routesOf(resources: readonly ResourceRow[], methods: readonly MethodRow[]): RouteNode {
  const root = newNode();
  const byId = Map.groupBy(methods, (method) => method.resourceId);
  for (const resource of resources) {
    const own = byId.get(resource.id);
    // A resource without methods is not deployed: a greedy one beside it may still answer.
    if (own === undefined) continue;
    let node = root;
    for (const part of resource.path.split("/").filter((each) => each !== "")) node = childOf(node, part);
    node.resource = resource;
    for (const method of own) node.methods.set(method.httpMethod, method);
  }
  return root;
}

function childOf(node: RouteNode, part: string): RouteNode {
  if (isGreedy(part)) return (node.greedy ??= { name: part.slice(1, -2), node: newNode() }).node;
  if (isVariable(part)) return (node.variable ??= { name: part.slice(1, -1), node: newNode() }).node;
  let child = node.statics.get(part);
  if (child === undefined) {
    child = newNode();
    node.statics.set(part, child);
  }
  return child;
}

/** `path` is raw (percent-encoded), begins with one slash; a last slash does not count. */
export function routeFor(root: RouteNode, httpMethod: string, path: string): Route | undefined {
  const trimmed = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
  const segments = trimmed === "/" ? [] : trimmed.slice(1).split("/");
  const found = walk(root, httpMethod, segments, 0);
  if (found?.node.resource === undefined) return undefined;
  return { resource: found.node.resource, method: found.method, pathParameters: found.values };
}

type Found = { readonly node: RouteNode; readonly method: MethodRow; readonly values: Record<string, string> };

/** Fixed parts first, then a variable, then a greedy one; a resource without the method lets the next answer. */
function walk(node: RouteNode, httpMethod: string, segments: readonly string[], at: number): Found | undefined {
  const segment = segments[at];
  if (segment === undefined) return end(node, httpMethod);
  const fixed = node.statics.get(segment) ?? node.statics.get(decoded(segment));
  const byName = fixed === undefined ? undefined : walk(fixed, httpMethod, segments, at + 1);
  if (byName !== undefined) return byName;
  if (node.variable !== undefined && segment !== "") {
    const below = walk(node.variable.node, httpMethod, segments, at + 1);
    if (below !== undefined) {
      below.values[node.variable.name] = segment;
      return below;
    }
  }
  if (node.greedy === undefined) return undefined;
  const rest = end(node.greedy.node, httpMethod);
  if (rest !== undefined) rest.values[node.greedy.name] = segments.slice(at).join("/");
  return rest;
}

function end(node: RouteNode, httpMethod: string): Found | undefined {
  const method = node.methods.get(httpMethod) ?? node.methods.get("ANY");
  return method === undefined ? undefined : { node, method, values: {} };
}

function decoded(segment: string): string {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
