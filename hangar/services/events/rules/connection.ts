// Connections to APIs outside: their secrets, how they are shown, and where they stand.

import type { Caller } from "../../../cloud/operation.ts";
import type {
  Connection as Shown,
  ConnectionAuthResponseParameters,
  CreateConnectionAuthRequestParameters,
  UpdateConnectionAuthRequestParameters,
} from "../../../models/events.d.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { connectionNotFound, invalid } from "../errors.ts";
import type { Connection, EventsContext } from "../store.ts";

type Auth = CreateConnectionAuthRequestParameters;

const MEMBERS: Readonly<Record<string, "BasicAuthParameters" | "ApiKeyAuthParameters" | "OAuthParameters">> = {
  BASIC: "BasicAuthParameters",
  API_KEY: "ApiKeyAuthParameters",
  OAUTH_CLIENT_CREDENTIALS: "OAuthParameters",
};

export function checkAuth(type: string, auth: Auth): void {
  if (auth.ConnectivityParameters !== undefined) throw notEmulated("ConnectivityParameters of a connection");
  const wanted = MEMBERS[type];
  if (wanted !== undefined && auth[wanted] === undefined)
    throw invalid(`Authorization parameters '${wanted}' are required for authorization type ${type}.`);
}

/** Only what is given changes. */
export function changedAuth(present: Auth, given: UpdateConnectionAuthRequestParameters | undefined): Auth {
  const { BasicAuthParameters, ApiKeyAuthParameters, OAuthParameters, InvocationHttpParameters } = given ?? {};
  const over = (one: object | undefined, other: object | undefined): { readonly [name: string]: unknown } | undefined =>
    one === undefined && other === undefined ? undefined : { ...one, ...other };
  return Object.fromEntries(
    Object.entries({
      BasicAuthParameters: over(present.BasicAuthParameters, BasicAuthParameters),
      ApiKeyAuthParameters: over(present.ApiKeyAuthParameters, ApiKeyAuthParameters),
      OAuthParameters: over(present.OAuthParameters, OAuthParameters),
      InvocationHttpParameters: InvocationHttpParameters ?? present.InvocationHttpParameters,
    }).filter(([, value]) => value !== undefined),
  );
}

/** The secret's text, in the members AWS was recorded to write. */
export function secretText({
  BasicAuthParameters,
  ApiKeyAuthParameters,
  OAuthParameters,
  InvocationHttpParameters,
}: Auth): string {
  return JSON.stringify({
    ...(BasicAuthParameters === undefined
      ? {}
      : { username: BasicAuthParameters.Username, password: BasicAuthParameters.Password }),
    ...(ApiKeyAuthParameters === undefined
      ? {}
      : { api_key_name: ApiKeyAuthParameters.ApiKeyName, api_key_value: ApiKeyAuthParameters.ApiKeyValue }),
    ...(OAuthParameters === undefined
      ? {}
      : {
          client_id: OAuthParameters.ClientParameters.ClientID,
          client_secret: OAuthParameters.ClientParameters.ClientSecret,
          authorization_endpoint: OAuthParameters.AuthorizationEndpoint,
          http_method: OAuthParameters.HttpMethod,
        }),
    ...(InvocationHttpParameters === undefined ? {} : { invocation_http_parameters: InvocationHttpParameters }),
  });
}

/** Without passwords, keys and client secrets. */
export function shownAuth({
  BasicAuthParameters,
  ApiKeyAuthParameters,
  OAuthParameters,
  InvocationHttpParameters,
}: Auth): ConnectionAuthResponseParameters {
  return {
    ...(BasicAuthParameters === undefined ? {} : { BasicAuthParameters: { Username: BasicAuthParameters.Username } }),
    ...(ApiKeyAuthParameters === undefined
      ? {}
      : { ApiKeyAuthParameters: { ApiKeyName: ApiKeyAuthParameters.ApiKeyName } }),
    ...(OAuthParameters === undefined
      ? {}
      : {
          OAuthParameters: {
            ...OAuthParameters,
            ClientParameters: { ClientID: OAuthParameters.ClientParameters.ClientID },
          },
        }),
    ...(InvocationHttpParameters === undefined ? {} : { InvocationHttpParameters }),
  };
}

export function shownConnection(connection: Connection): Shown {
  const { name, arn, state, stateReason, type, created, modified, authorized } = connection;
  return {
    ConnectionArn: arn,
    Name: name,
    ConnectionState: state,
    ...(stateReason === undefined ? {} : { StateReason: stateReason }),
    AuthorizationType: type,
    CreationTime: new Date(created),
    LastModifiedTime: new Date(modified),
    LastAuthorizedTime: new Date(authorized),
  };
}

/** What the changing operations answer. */
export function connectionAnswer({ arn, state, created, modified }: Connection): {
  readonly ConnectionArn: string;
  readonly ConnectionState: string;
  readonly CreationTime: Date;
  readonly LastModifiedTime: Date;
} {
  return {
    ConnectionArn: arn,
    ConnectionState: state,
    CreationTime: new Date(created),
    LastModifiedTime: new Date(modified),
  };
}

export function connectionAt({ store }: EventsContext, name: string, doing = "describe"): Connection {
  const found = store.connections.get(name);
  if (found === undefined) throw connectionNotFound(name, doing);
  return found;
}

/** Connections keep their secrets as EventBridge's service-linked role does: the caller needs no right to them. */
export function keeper({ account }: EventsContext): Caller {
  return { kind: "root", account, arn: `arn:aws:iam::${account}:root`, userId: account };
}

export function stateFor(type: string): string {
  return type === "OAUTH_CLIENT_CREDENTIALS" ? "AUTHORIZING" : "AUTHORIZED";
}
