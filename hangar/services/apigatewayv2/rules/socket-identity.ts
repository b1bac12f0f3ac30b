// Identity sources of WebSocket authorizers: parts of the request to connect.

import type { SocketEvent } from "../http/socket/session.ts";

const SOURCE = /^(?:route\.request\.(header|querystring)|(stageVariables))\.(.+)$/;

/** Undefined for what is not there, or empty. */
export function identityOf({ session, stage }: SocketEvent, source: string): string | undefined {
  const [, place, variables, name = ""] = SOURCE.exec(source) ?? [];
  if (variables !== undefined) return stage.StageVariables?.[name];
  if (place === "header") return session.headers[name.toLowerCase()] || undefined;
  // What is said of $context is always there.
  return place === "querystring" ? session.query.get(name)?.at(-1) || undefined : source;
}
