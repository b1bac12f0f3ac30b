// Which route of an HTTP API a request takes: the most specific path first, its own method before ANY, $default last.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html

import type { RouteRow } from "../store.ts";
import { DEFAULT_ROUTE, httpRouteKey, segmentsOf } from "./route-key.ts";

export type MatchedRoute = {
  readonly route: RouteRow;
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
};

type Methods = Map<string, RouteRow>;

type Branch = {
  readonly fixed: Map<string, Branch>;
  variable: Branch | undefined;
  readonly greedy: Methods;
  readonly methods: Methods;
};

export type HttpRoutes = { readonly root: Branch; readonly fallback: RouteRow | undefined };

function branch(): Branch {
  return { fixed: new Map(), variable: undefined, greedy: new Map(), methods: new Map() };
}

export function httpRoutes(rows: readonly RouteRow[]): HttpRoutes {
  const root = branch();
  for (const row of rows) {
    const found = httpRouteKey(row.RouteKey);
    if (found !== undefined) place(root, segmentsOf(found.path), found.method, row);
  }
  return { root, fallback: rows.find((row) => row.RouteKey === DEFAULT_ROUTE) };
}

function place(root: Branch, segments: readonly string[], method: string, row: RouteRow): void {
  let at = root;
  for (const segment of segments) {
    if (segment.endsWith("+}")) return void at.greedy.set(method, row);
    if (segment.startsWith("{")) at = at.variable ??= branch();
    else {
      let next = at.fixed.get(segment);
      if (next === undefined) at.fixed.set(segment, (next = branch()));
      at = next;
    }
  }
  at.methods.set(method, row);
}

/** `path` is decoded and begins with a slash. */
export function matchRoute({ root, fallback }: HttpRoutes, method: string, path: string): MatchedRoute | undefined {
  const parts = segmentsOf(path);
  const found = search(root, parts, 0, method) ?? fallback;
  return found === undefined ? undefined : { route: found, pathParameters: parametersOf(found.RouteKey, parts) };
}

function search(at: Branch, parts: readonly string[], depth: number, method: string): RouteRow | undefined {
  if (depth === parts.length) return ofMethod(at.methods, method);
  const part = parts[depth] ?? "";
  const fixed = at.fixed.get(part);
  const variable = part === "" ? undefined : at.variable;
  return (
    (fixed === undefined ? undefined : search(fixed, parts, depth + 1, method)) ??
    (variable === undefined ? undefined : search(variable, parts, depth + 1, method)) ??
    ofMethod(at.greedy, method)
  );
}

function ofMethod(methods: Methods, method: string): RouteRow | undefined {
  return methods.size === 0 ? undefined : (methods.get(method) ?? methods.get("ANY"));
}

function parametersOf(key: string, parts: readonly string[]): Readonly<Record<string, string>> | undefined {
  const path = key.includes("{") ? httpRouteKey(key)?.path : undefined;
  if (path === undefined) return undefined;
  const found: Record<string, string> = {};
  for (const [at, segment] of segmentsOf(path).entries()) {
    if (segment.endsWith("+}")) found[segment.slice(1, -2)] = parts.slice(at).join("/");
    else if (segment.startsWith("{")) found[segment.slice(1, -1)] = parts[at] ?? "";
  }
  return found;
}
