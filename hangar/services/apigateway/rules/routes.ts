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
  const found = walk(root, segments, 0);
  const method = found?.node.methods.get(httpMethod) ?? found?.node.methods.get("ANY");
  if (found?.node.resource === undefined || method === undefined) return undefined;
  return { resource: found.node.resource, method, pathParameters: found.values };
}

type Found = { readonly node: RouteNode; readonly values: Record<string, string> };

/** Fixed parts first, then a variable, then a greedy one. */
function walk(node: RouteNode, segments: readonly string[], at: number): Found | undefined {
  const segment = segments[at];
  if (segment === undefined) return node.resource === undefined ? undefined : { node, values: {} };
  const fixed = node.statics.get(segment) ?? node.statics.get(decoded(segment));
  const byName = fixed === undefined ? undefined : walk(fixed, segments, at + 1);
  if (byName !== undefined) return byName;
  if (node.variable !== undefined && segment !== "") {
    const below = walk(node.variable.node, segments, at + 1);
    if (below !== undefined) {
      below.values[node.variable.name] = segment;
      return below;
    }
  }
  if (node.greedy === undefined) return undefined;
  return { node: node.greedy.node, values: { [node.greedy.name]: segments.slice(at).join("/") } };
}

function decoded(segment: string): string {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
