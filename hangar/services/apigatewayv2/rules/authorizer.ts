// An authorizer as it starts and as it is changed.

import type { CreateAuthorizerInput, UpdateAuthorizerInput } from "../../../models/apigatewayv2.d.ts";
import { badRequest } from "../errors.ts";
import type { ApiRow, AuthorizerRow } from "../store.ts";
import { changed, given } from "./fields.ts";

type NewAuthorizer = Omit<CreateAuthorizerInput, "ApiId">;

export function newAuthorizer(api: ApiRow, input: NewAuthorizer, AuthorizerId: string): AuthorizerRow {
  const row: AuthorizerRow = {
    ...given(input as CreateAuthorizerInput, "ApiId"),
    AuthorizerId,
    Name: input.Name,
    AuthorizerType: input.AuthorizerType,
  };
  checkAuthorizer(api, row);
  return row;
}

export function changedAuthorizer(api: ApiRow, row: AuthorizerRow, input: UpdateAuthorizerInput): AuthorizerRow {
  const next = changed(row, given(input, "ApiId", "AuthorizerId"));
  checkAuthorizer(api, next);
  return next;
}

function checkAuthorizer({ ProtocolType }: ApiRow, row: AuthorizerRow): void {
  const http = ProtocolType === "HTTP";
  if (row.AuthorizerType === "JWT") {
    if (!http) throw badRequest("JWT authorizers are only supported for HTTP APIs");
    return checkJwt(row);
  }
  if (row.AuthorizerUri === undefined) throw badRequest("AuthorizerUri must be specified for REQUEST authorizers");
  if (!http) {
    if (row.AuthorizerPayloadFormatVersion !== undefined || row.EnableSimpleResponses === true)
      throw badRequest("AuthorizerPayloadFormatVersion and EnableSimpleResponses are only supported for HTTP APIs");
    return checkSources(row, /^(?:route\.request\.(?:header|querystring)\.\S+|context\.\S+|stageVariables\.\S+)$/);
  }
  const { AuthorizerPayloadFormatVersion: format } = row;
  if (format === undefined)
    throw badRequest("AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer");
  if (format !== "1.0" && format !== "2.0") throw badRequest("AuthorizerPayloadFormatVersion must be 1.0 or 2.0");
  if (row.EnableSimpleResponses === true && format === "1.0")
    throw badRequest("EnableSimpleResponses is only supported for AuthorizerPayloadFormatVersion 2.0");
  if ((row.AuthorizerResultTtlInSeconds ?? 0) > 0 && (row.IdentitySource ?? []).length === 0)
    throw badRequest("Identity source is required when caching is enabled");
  checkSources(row, /^\$(?:request\.(?:header|querystring)\.\S+|context\.\S+|stageVariables\.\S+)$/);
}

function checkSources({ IdentitySource = [] }: AuthorizerRow, known: RegExp): void {
  const unknown = IdentitySource.find((source) => !known.test(source));
  if (unknown !== undefined) throw badRequest(`Invalid identity source specified: ${unknown}`);
}

function checkJwt({ JwtConfiguration, IdentitySource = [] }: AuthorizerRow): void {
  const { Issuer, Audience = [] } = JwtConfiguration ?? {};
  if (Issuer === undefined || Audience.length === 0)
    throw badRequest("Invalid JWT Configuration specified. Issuer and Audience are required for JWT authorizer");
  // Issuers on this machine may do without TLS: there is nobody between.
  if (!/^https:\/\/\S+$|^http:\/\/(?:localhost|127\.0\.0\.1|[a-z0-9.-]+\.localhost)(?:[:/]\S*)?$/.test(Issuer))
    throw badRequest("Invalid issuer. Issuer must have a valid URL or a valid Cognito user pool issuer");
  const [source, ...more] = IdentitySource;
  if (source === undefined || more.length > 0)
    throw badRequest("Exactly one identity source is required for JWT authorizer");
  if (!/^\$request\.(?:header|querystring)\.\S+$/.test(source))
    throw badRequest(`Invalid identity source specified: ${source}`);
}
