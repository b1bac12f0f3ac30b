// A pool's public keys and what OpenID clients ask first, at AWS's addresses: `/<pool>/.well-known/…`.

import type { HttpDoor, HttpRequest, HttpResponse } from "../../../cloud/service.ts";
import { publicKey } from "../../../kernel/json-web-token.ts";
import { poolAnywhere } from "../engine/find.ts";
import { hostedOrigin } from "../engine/hosted-address.ts";
import { keySetOf } from "../engine/signing-keys.ts";
import { issuerOf } from "../rules/issuer.ts";
import type { Place, Tables } from "../store.ts";

type Asked = { readonly pool: string; readonly document: "jwks.json" | "openid-configuration" };

const PATH = /^\/(([a-z]{2}(?:-[a-z]+)+-\d)_[0-9a-zA-Z]+)\/\.well-known\/(jwks\.json|openid-configuration)$/;

export const wellKnownDoor: HttpDoor<Tables> = {
  name: "cognito-idp.well-known",
  match({ method, path }) {
    if (method !== "GET" || !path.includes("/.well-known/")) return undefined;
    const [, pool = "", region, document] = PATH.exec(path) ?? [];
    return document === undefined ? undefined : { region, data: { pool, document } };
  },
  async handle(request, asked: Asked, context) {
    const place = poolAnywhere(context, asked.pool);
    if (place === undefined)
      return json(404, { code: "ResourceNotFoundException", message: `User pool ${asked.pool} does not exist.` });
    if (asked.document === "jwks.json")
      return json(200, { keys: (await keySetOf(place)).map((key) => publicKey(key)) });
    return json(200, configuration(place, request));
  },
};

/** The issuer is AWS's, which tokens name; the addresses are ours. */
function configuration(place: Place, { headers, host, secure }: HttpRequest): object {
  const own = `${secure ? "https" : "http"}://${headers["host"] ?? host}/${place.pool.id}`;
  const hosted = hostedOrigin(place);
  return {
    authorization_endpoint: `${hosted}/oauth2/authorize`,
    end_session_endpoint: `${hosted}/logout`,
    id_token_signing_alg_values_supported: ["RS256"],
    issuer: issuerOf(place.pool),
    jwks_uri: `${own}/.well-known/jwks.json`,
    response_types_supported: ["code", "token"],
    revocation_endpoint: `${hosted}/oauth2/revoke`,
    scopes_supported: ["openid", "email", "phone", "profile"],
    subject_types_supported: ["public"],
    token_endpoint: `${hosted}/oauth2/token`,
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
    userinfo_endpoint: `${hosted}/oauth2/userInfo`,
  };
}

function json(status: number, value: object): HttpResponse {
  const headers = {
    "content-type": "application/json",
    "access-control-allow-origin": "*",
    ...(status === 200 ? { "cache-control": "public, max-age=86400" } : {}),
  };
  return { status, headers, body: JSON.stringify(value) };
}
