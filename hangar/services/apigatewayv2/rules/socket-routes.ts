// Which route of a WebSocket API a message takes: the one that its selection expression names, else $default.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html

import { atJsonPath } from "../../../kernel/json-path.ts";
import type { RouteRow } from "../store.ts";
import { DEFAULT_ROUTE } from "./route-key.ts";

const REFERENCE = /\$\{?request\.body((?:\.[\w$-]+|\[\d+\])*)\}?/g;

/** Of a message that is no JSON nothing is selected. */
export function selectedKey(expression: string, body: string): string {
  let message: unknown;
  try {
    message = JSON.parse(body) as unknown;
  } catch {
    return "";
  }
  return expression.replace(REFERENCE, (_all, path: string) => {
    const found = atJsonPath(message, path);
    return typeof found === "string" || typeof found === "number" || typeof found === "boolean" ? String(found) : "";
  });
}

export function socketRoute(routes: readonly RouteRow[], key: string): RouteRow | undefined {
  const own = key.startsWith("$") ? undefined : routes.find((route) => route.RouteKey === key);
  return own ?? routes.find((route) => route.RouteKey === DEFAULT_ROUTE);
}
