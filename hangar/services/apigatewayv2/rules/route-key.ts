// Keys of routes: `GET /pets/{id}` and `$default` of HTTP APIs; of WebSocket APIs whatever the selection expression gives.

import { badRequest } from "../errors.ts";

export const DEFAULT_ROUTE = "$default";

const HTTP_KEY = /^(ANY|GET|HEAD|OPTIONS|PATCH|POST|PUT|DELETE) (\/\S*)$/;
const SEGMENT = /^(?:\{[A-Za-z0-9._:-]+\}|[^{}]+)$/;
const GREEDY = /^\{[A-Za-z0-9._:-]+\+\}$/;

export type HttpRouteKey = { readonly method: string; readonly path: string };

/** Undefined for `$default`, and for what is no key. */
export function httpRouteKey(key: string): HttpRouteKey | undefined {
  const [, method, path] = HTTP_KEY.exec(key) ?? [];
  return method === undefined || path === undefined ? undefined : { method, path };
}

export function segmentsOf(path: string): readonly string[] {
  return path === "/" ? [] : path.slice(1).split("/");
}

export function checkRouteKey(protocol: string, key: string): void {
  if (protocol === "WEBSOCKET") {
    if (key === "") throw badRequest("Route key must be specified");
    return;
  }
  if (key === DEFAULT_ROUTE) return;
  const found = httpRouteKey(key);
  if (found === undefined)
    throw badRequest(
      'The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"',
    );
  const segments = segmentsOf(found.path);
  const names = segments.filter((each) => each.startsWith("{"));
  const broken = segments.some(
    (each, at) => each !== "" && !SEGMENT.test(each) && !(GREEDY.test(each) && at === segments.length - 1),
  );
  if (broken || new Set(names).size !== names.length) throw badRequest(`Invalid route path specified: ${found.path}`);
}
