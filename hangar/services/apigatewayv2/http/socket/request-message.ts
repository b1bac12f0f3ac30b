// What goes to an endpoint or a service behind a WebSocket API: the body, and what request parameters add to it.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-mapping.html

import { atJsonPath } from "../../../../kernel/json-path.ts";
import { parsedJson } from "../../../../kernel/parsed-json.ts";
import { refusals } from "../../rules/refusal.ts";
import { socketContext } from "../../rules/socket-context.ts";
import type { IntegrationRow } from "../../store.ts";
import type { SocketEvent } from "./session.ts";

type Header = { readonly name: string; readonly values: readonly string[] };

export type RequestMessage = {
  /** By lower-case name. */
  readonly headers: Map<string, Header>;
  readonly query: Map<string, readonly string[]>;
  readonly path: Map<string, string>;
  readonly body: Buffer;
};

const TARGET = /^integration\.request\.(header|querystring|path)\.(.+)$/;

export function requestMessage(
  event: SocketEvent,
  { RequestParameters = {} }: IntegrationRow,
  body: Buffer,
): RequestMessage {
  const message: RequestMessage = { headers: new Map(), query: new Map(), path: new Map(), body };
  for (const [target, expression] of Object.entries(RequestParameters)) {
    const [, place, name = ""] = TARGET.exec(target) ?? [];
    if (place === undefined) throw refusals.failed(`Invalid mapping expression specified: ${target}`);
    const value = parameterValue(event, expression);
    if (value === undefined) continue;
    if (place === "header") message.headers.set(name.toLowerCase(), { name, values: [value] });
    else if (place === "querystring") message.query.set(name, [value]);
    else message.path.set(name, value);
  }
  return message;
}

const REQUEST = /^route\.request\.(header|querystring|body)(?:\.(.+))?$/;

function parameterValue(event: SocketEvent, expression: string): string | undefined {
  const literal = /^'(.*)'$/s.exec(expression)?.[1];
  if (literal !== undefined) return literal;
  if (expression.startsWith("context.")) return text(at(socketContext(event), expression.slice("context.".length)));
  if (expression.startsWith("stageVariables."))
    return event.stage.StageVariables?.[expression.slice("stageVariables.".length)];
  const [, place, name] = REQUEST.exec(expression) ?? [];
  if (place === "body") return name === undefined ? event.body : text(atJsonPath(parsedJson(event.body), `$.${name}`));
  if (place === "querystring") return event.session.query.get(name ?? "")?.at(-1);
  if (place === "header") return event.headers[(name ?? "").toLowerCase()];
  throw refusals.failed(`Invalid mapping expression specified: ${expression}`);
}

function at(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (found, name) =>
        typeof found === "object" && found !== null ? (found as Readonly<Record<string, unknown>>)[name] : undefined,
      value,
    );
}

function text(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}
