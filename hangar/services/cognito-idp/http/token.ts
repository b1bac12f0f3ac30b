// /oauth2/token, /oauth2/revoke and /oauth2/userInfo: what apps ask by themselves.
// https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html

import { createHash } from "node:crypto";
import type { HttpResponse } from "../../../cloud/service.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { parsedJson } from "../../../kernel/parsed-json.ts";
import type { AuthenticationResultType } from "../../../models/cognito-idp.d.ts";
import { authenticated } from "../engine/access-token.ts";
import { clientIn } from "../engine/find.ts";
import { refreshable, refreshed } from "../engine/refresh.ts";
import { revokeByToken } from "../engine/revoke.ts";
import { checkSecret } from "../engine/secret-hash.ts";
import { refreshTokenOf } from "../engine/sign-in.ts";
import { issue, issueToClient, newSignIn } from "../engine/tokens.ts";
import { inScope } from "../rules/claims.ts";
import { keyIn, type ClientPlace } from "../store.ts";
import { json, type Hosted } from "./hosted-request.ts";

function refused(error: string, description?: string): HttpResponse {
  return json(400, { error, ...(description === undefined ? {} : { error_description: description }) });
}

/** By Basic authorization, or by the form. An answer where nobody knows the client. */
function clientOf({ place, request, form }: Hosted): ClientPlace | HttpResponse {
  const basic = /^Basic (.+)$/i.exec(request.headers["authorization"] ?? "")?.[1];
  const [id = "", ...rest] = basic === undefined ? [] : Buffer.from(basic, "base64").toString().split(":");
  const given = basic === undefined ? (form.get("client_secret") ?? undefined) : decodeURIComponent(rest.join(":"));
  try {
    const found = clientIn(place, basic === undefined ? (form.get("client_id") ?? "") : decodeURIComponent(id));
    checkSecret(found.client, given);
    return found;
  } catch (error) {
    if (error instanceof AwsError || error instanceof URIError) return refused("invalid_client");
    throw error;
  }
}

export async function token(hosted: Hosted): Promise<HttpResponse> {
  const { request, form } = hosted;
  if (!(request.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded"))
    return refused("invalid_request");
  const place = clientOf(hosted);
  if ("status" in place) return place;
  switch (form.get("grant_type")) {
    case "authorization_code":
      return byCode(place, form);
    case "refresh_token":
      return byRefreshToken(place, form.get("refresh_token") ?? "");
    case "client_credentials":
      return byClient(place, form);
    case null:
      return refused("invalid_request");
    default:
      return refused("unsupported_grant_type");
  }
}

function tokens({ AccessToken, IdToken, RefreshToken, ExpiresIn }: AuthenticationResultType): HttpResponse {
  return json(200, {
    ...(IdToken === undefined ? {} : { id_token: IdToken }),
    access_token: AccessToken,
    ...(RefreshToken === undefined ? {} : { refresh_token: RefreshToken }),
    expires_in: ExpiresIn,
    token_type: "Bearer",
  });
}

/** A code is good once, whoever tries it. */
async function byCode(place: ClientPlace, form: URLSearchParams): Promise<HttpResponse> {
  const { pool, store, client, context } = place;
  if (client.settings.AllowedOAuthFlows?.includes("code") !== true) return refused("unauthorized_client");
  const code = form.get("code");
  if (code === null || form.get("redirect_uri") === null) return refused("invalid_request");
  const row = store.authorizationCodes.delete(code);
  if (row === undefined || row.expires <= context.clock.now() || row.client !== client.id || row.pool !== pool.id)
    return refused("invalid_grant");
  if (row.redirect !== form.get("redirect_uri")) return refused("invalid_grant");
  const hash = createHash("sha256")
    .update(form.get("code_verifier") ?? "")
    .digest("base64url");
  if (row.challenge !== undefined && row.challenge !== hash) return refused("invalid_grant");
  const user = store.users.get(keyIn(pool, row.user));
  if (user === undefined || !user.enabled) return refused("invalid_grant");
  const signIn = newSignIn(place, user, { scopes: row.scopes, nonce: row.nonce, at: row.at });
  const result = await issue(place, { user, signIn, source: "TokenGeneration_HostedAuth" });
  return tokens({ ...result, RefreshToken: refreshTokenOf(place, signIn) });
}

async function byRefreshToken(place: ClientPlace, given: string): Promise<HttpResponse> {
  try {
    return tokens(await refreshed(place, refreshable(place, given)));
  } catch (error) {
    if (error instanceof AwsError && error.status < 500) return refused("invalid_grant");
    throw error;
  }
}

/** Where none is named the client has all scopes of resource servers that it may have. */
async function byClient(place: ClientPlace, form: URLSearchParams): Promise<HttpResponse> {
  const { settings, secrets } = place.client;
  if (secrets.length === 0 || settings.AllowedOAuthFlows?.includes("client_credentials") !== true)
    return refused("unauthorized_client");
  const allowed = (settings.AllowedOAuthScopes ?? []).filter((scope) => scope.includes("/"));
  const named = form.get("scope") ?? "";
  const scopes = named === "" ? allowed : named.split(" ");
  if (scopes.some((scope) => !allowed.includes(scope))) return refused("invalid_scope");
  const metadata = metadataIn(form);
  return metadata === null ? refused("invalid_request") : tokens(await issueToClient(place, scopes, metadata));
}

/** What the function is told; null for what is no map of texts. */
function metadataIn(form: URLSearchParams): Readonly<Record<string, string>> | null | undefined {
  const given = form.get("aws_client_metadata");
  if (given === null) return undefined;
  const value = parsedJson(given);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return Object.values(value).every((each) => typeof each === "string") ? (value as Record<string, string>) : null;
}

export function revoke(hosted: Hosted): HttpResponse {
  const given = hosted.form.get("token");
  if (given === null || given === "") return refused("invalid_request", "Token parameter missing");
  const place = clientOf(hosted);
  if ("status" in place) return place;
  try {
    revokeByToken(place, given);
    return { status: 200, headers: { "access-control-allow-origin": "*" }, body: "" };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return error.code === "UnsupportedTokenTypeException"
      ? refused("unsupported_token_type")
      : refused("invalid_request", error.message);
  }
}

/** The attributes that the token's scopes tell of, as texts. */
export async function userInfo({ request, place }: Hosted): Promise<HttpResponse> {
  const given = /^Bearer (.+)$/i.exec(request.headers["authorization"] ?? "")?.[1];
  if (given === undefined)
    return json(400, { error: "invalid_request", error_description: "The access token is missing or malformed" });
  try {
    const { user, scopes, client, pool } = await authenticated(place.context, given, "openid");
    if (pool.id !== place.pool.id) return invalidToken("Invalid access token");
    const readable = client.settings.ReadAttributes;
    const attributes = Object.entries(user.attributes).filter(
      ([name]) =>
        inScope(name, scopes) && !name.startsWith("dev:") && (readable === undefined || readable.includes(name)),
    );
    return json(200, { sub: user.sub, ...Object.fromEntries(attributes), username: user.username });
  } catch (error) {
    if (!(error instanceof AwsError) || error.status >= 500) throw error;
    return invalidToken(error.message);
  }
}

function invalidToken(description: string): HttpResponse {
  const headers = { "www-authenticate": `Bearer error="invalid_token", error_description="${description}"` };
  return json(401, { error: "invalid_token", error_description: description }, headers);
}
