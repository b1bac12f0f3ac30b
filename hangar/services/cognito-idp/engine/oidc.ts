// What an OpenID Connect provider is asked: where its users sign in, and who came back from there.
// https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-oidc-flow.html

import { outbound } from "../../../gateway/outbound.ts";
import { isSignedByOneOf, parsed } from "../../../kernel/json-web-token.ts";
import { parsedJson } from "../../../kernel/parsed-json.ts";
import type { IdentityProviderRow } from "../rules/identity-provider.ts";
import type { CognitoContext } from "../store.ts";

export type Claims = Readonly<Record<string, unknown>>;

/** The provider does not answer as it should. */
export class ProviderFailure extends Error {}

type Endpoints = {
  readonly authorize: string;
  readonly token: string;
  readonly userInfo: string | undefined;
  readonly keys: string;
};

/** Those that the pool was told of, else those that the provider tells. */
async function endpointsOf(context: CognitoContext, { details }: IdentityProviderRow): Promise<Endpoints> {
  const { authorize_url, token_url, attributes_url, jwks_uri, oidc_issuer = "" } = details;
  const told =
    authorize_url !== undefined && token_url !== undefined && attributes_url !== undefined && jwks_uri !== undefined
      ? {}
      : await asked(context, `${oidc_issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, { method: "GET" });
  return {
    authorize: authorize_url ?? textOf(told, "authorization_endpoint"),
    token: token_url ?? textOf(told, "token_endpoint"),
    userInfo:
      attributes_url ?? (told["userinfo_endpoint"] === undefined ? undefined : textOf(told, "userinfo_endpoint")),
    keys: jwks_uri ?? textOf(told, "jwks_uri"),
  };
}

function textOf(document: Claims, name: string): string {
  const value = document[name];
  if (typeof value !== "string") throw new ProviderFailure(`The provider does not say its ${name}`);
  return value;
}

type Request = {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
};

async function asked(context: CognitoContext, address: string, request: Request): Promise<Claims> {
  if (!URL.canParse(address)) throw new ProviderFailure(`${address} is no address`);
  const url = new URL(address);
  const body = request.form === undefined ? "" : new URLSearchParams(request.form).toString();
  const headers = {
    Host: url.host,
    Accept: "application/json",
    ...(request.form === undefined ? {} : { "Content-Type": "application/x-www-form-urlencoded" }),
    ...request.headers,
  };
  const sent = { method: request.method, headers, body: Buffer.from(body) };
  const answer = await outbound(context, url, sent).catch(() => {
    throw new ProviderFailure(`Nobody answers at ${url.origin}`);
  });
  const value = parsedJson(answer.body.toString("utf8"));
  if (answer.status !== 200) throw new ProviderFailure(problemIn(value) ?? `${url.pathname} answered ${answer.status}`);
  if (typeof value !== "object" || value === null) throw new ProviderFailure(`${url.pathname} answered no JSON`);
  return value as Claims;
}

function problemIn(value: unknown): string | undefined {
  const { error, error_description: description } = (value ?? {}) as Claims;
  return typeof description === "string" ? description : typeof error === "string" ? error : undefined;
}

export type Visit = { readonly redirect: string; readonly state: string };

/** Where the browser is sent. */
export async function signInAddress(
  context: CognitoContext,
  provider: IdentityProviderRow,
  { redirect, state }: Visit,
): Promise<string> {
  const { authorize } = await endpointsOf(context, provider);
  const { client_id = "", authorize_scopes = "openid" } = provider.details;
  const address = new URL(authorize);
  const query = { client_id, redirect_uri: redirect, scope: authorize_scopes, response_type: "code", state };
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  return address.href;
}

/** Who the code stands for: what the id token says, and what the provider tells of its user. */
export async function claimsFor(
  context: CognitoContext,
  provider: IdentityProviderRow,
  { code, redirect }: { readonly code: string; readonly redirect: string },
): Promise<Claims> {
  const endpoints = await endpointsOf(context, provider);
  const { client_id = "", client_secret, attributes_request_method: method = "GET" } = provider.details;
  const form = {
    grant_type: "authorization_code",
    code,
    redirect_uri: redirect,
    client_id,
    ...(client_secret === undefined ? {} : { client_secret }),
  };
  const tokens = await asked(context, endpoints.token, { method: "POST", form });
  const claims = await believed(context, provider, { token: textOf(tokens, "id_token"), keys: endpoints.keys });
  if (endpoints.userInfo === undefined) return claims;
  const headers = { Authorization: `Bearer ${textOf(tokens, "access_token")}` };
  return { ...claims, ...(await asked(context, endpoints.userInfo, { method, headers })) };
}

async function believed(
  context: CognitoContext,
  { details }: IdentityProviderRow,
  { token, keys }: { readonly token: string; readonly keys: string },
): Promise<Claims> {
  const jwt = parsed(token);
  if (jwt === undefined) throw new ProviderFailure("The id token is no JWT signed with RSA");
  const set = await asked(context, keys, { method: "GET" });
  if (!isSignedByOneOf(jwt, (set["keys"] ?? []) as readonly Readonly<Record<string, string>>[]))
    throw new ProviderFailure("The signature of the id token is not the provider's");
  const { iss, aud, exp } = jwt.claims;
  if (iss !== details["oidc_issuer"]) throw new ProviderFailure("The id token is of another issuer");
  if (![aud].flat().includes(details["client_id"])) throw new ProviderFailure("The id token is for another audience");
  if (typeof exp !== "number" || exp <= context.clock.seconds()) throw new ProviderFailure("The id token has expired");
  return jwt.claims;
}
