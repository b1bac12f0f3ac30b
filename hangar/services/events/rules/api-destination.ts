// API destinations: how they are shown, and the request that an event becomes.

import type {
  ApiDestination as Shown,
  ConnectionHttpParameters,
  CreateConnectionAuthRequestParameters,
  HttpParameters,
} from "../../../models/events.d.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { apiDestinationNotFound, connectionNotFound } from "../errors.ts";
import type { ApiDestination, Connection, EventsContext } from "../store.ts";

export function apiDestinationAt({ store }: EventsContext, name: string, doing = "describe"): ApiDestination {
  const found = store.apiDestinations.get(name);
  if (found === undefined) throw apiDestinationNotFound(name, doing);
  return found;
}

/** The connection of an ARN: `connection/<name>/<id>`. */
export function connectionOfArn({ store }: EventsContext, arn: string): Connection {
  const name = parseArn(arn)?.resource.split("/")[1] ?? "";
  const found = store.connections.get(name);
  if (found === undefined || found.arn !== arn) throw connectionNotFound(name);
  return found;
}

export function shownApiDestination(context: EventsContext, destination: ApiDestination): Shown {
  const { name, arn, connectionArn, endpoint, method, perSecond, created, modified } = destination;
  return {
    ApiDestinationArn: arn,
    Name: name,
    ApiDestinationState: activity(context, destination),
    ConnectionArn: connectionArn,
    InvocationEndpoint: endpoint,
    HttpMethod: method,
    InvocationRateLimitPerSecond: perSecond,
    CreationTime: new Date(created),
    LastModifiedTime: new Date(modified),
  };
}

/** A destination works while its connection is authorized. */
function activity({ store }: EventsContext, { connection }: ApiDestination): "ACTIVE" | "INACTIVE" {
  return store.connections.get(connection)?.state === "AUTHORIZED" ? "ACTIVE" : "INACTIVE";
}

export function apiDestinationAnswer(
  context: EventsContext,
  destination: ApiDestination,
): Pick<Shown, "ApiDestinationArn" | "ApiDestinationState" | "CreationTime" | "LastModifiedTime"> {
  const { ApiDestinationArn, ApiDestinationState, CreationTime, LastModifiedTime } = shownApiDestination(
    context,
    destination,
  );
  return { ApiDestinationArn, ApiDestinationState, CreationTime, LastModifiedTime };
}

export type ApiRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
};

type Invoking = {
  readonly destination: Pick<ApiDestination, "endpoint" | "method">;
  readonly connection: Pick<Connection, "auth" | "token">;
  readonly http: HttpParameters | undefined;
  readonly event: string;
};

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html */
export function requestOf({ destination, connection, http, event }: Invoking): ApiRequest {
  const { method } = destination;
  const own = connection.auth.InvocationHttpParameters;
  const url = new URL(withPath(destination.endpoint, http?.PathParameterValues ?? []));
  for (const [name, value] of Object.entries(http?.QueryStringParameters ?? {})) url.searchParams.set(name, value);
  // The connection's parameters win over the target's.
  for (const { Key = "", Value = "" } of own?.QueryStringParameters ?? []) url.searchParams.set(Key, Value);
  const headers: Record<string, string> = {
    "Content-Type": "application/json; charset=utf-8",
    "User-Agent": "Amazon/EventBridge/ApiDestinations",
    Range: "bytes=0-1048575",
    ...http?.HeaderParameters,
    ...namedValues(own?.HeaderParameters),
    ...authorization(connection),
  };
  const bodiless = method === "GET" || method === "HEAD";
  return { method, url: url.href, headers, body: bodiless ? undefined : bodyWith(event, own) };
}

/** Each `*` of the endpoint takes the next value. */
function withPath(endpoint: string, values: readonly string[]): string {
  const left = [...values];
  return endpoint.replaceAll("*", (star) => {
    const value = left.shift();
    return value === undefined ? star : encodeURIComponent(value);
  });
}

function namedValues(list: ConnectionHttpParameters["HeaderParameters"]): Readonly<Record<string, string>> {
  return Object.fromEntries((list ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}

function authorization({
  auth,
  token,
}: {
  auth: CreateConnectionAuthRequestParameters;
  token?: string | undefined;
}): Readonly<Record<string, string>> {
  const { BasicAuthParameters: basic, ApiKeyAuthParameters: key } = auth;
  if (basic !== undefined)
    return { Authorization: `Basic ${Buffer.from(`${basic.Username}:${basic.Password}`).toString("base64")}` };
  if (key !== undefined) return { [key.ApiKeyName]: key.ApiKeyValue };
  return token === undefined ? {} : { Authorization: `Bearer ${token}` };
}

function bodyWith(event: string, own: ConnectionHttpParameters | undefined): string {
  const extra = own?.BodyParameters ?? [];
  if (extra.length === 0) return event;
  const body: unknown = JSON.parse(event);
  if (typeof body !== "object" || body === null || Array.isArray(body)) return event;
  return JSON.stringify({ ...body, ...namedValues(extra) });
}

/** The request for a token. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection-auth.html */
export function tokenRequest({
  OAuthParameters: oauth,
}: CreateConnectionAuthRequestParameters): ApiRequest | undefined {
  if (oauth === undefined) return undefined;
  const { ClientParameters, AuthorizationEndpoint, HttpMethod: method, OAuthHttpParameters: http } = oauth;
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: ClientParameters.ClientID,
    client_secret: ClientParameters.ClientSecret,
    ...namedValues(http?.BodyParameters),
  });
  const url = new URL(AuthorizationEndpoint);
  for (const { Key = "", Value = "" } of http?.QueryStringParameters ?? []) url.searchParams.set(Key, Value);
  if (method === "GET") for (const [name, value] of form) url.searchParams.set(name, value);
  const headers = { "Content-Type": "application/x-www-form-urlencoded", ...namedValues(http?.HeaderParameters) };
  return { method, url: url.href, headers, body: method === "GET" ? undefined : form.toString() };
}
