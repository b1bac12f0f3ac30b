// JWT authorizers: whose tokens let in.

import { createSign, generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CreateAuthorizerCommand } from "@aws-sdk/client-apigatewayv2";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFunctionAt } from "../../../gateway/test-api-calls.ts";
import { addRoute, call, makeApi, makeIntegration, startApiCloud, type ApiCloud } from "./test-http-api.ts";

let at: ApiCloud;
let id: string;
let integration: string;
let issuer: Server;
let issuerUrl: string;
const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
const asked: string[] = [];

beforeAll(async () => {
  at = await startApiCloud("apigatewayv2-token");
  issuer = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.setHeader("Content-Type", "application/json");
    if (request.url === "/realm/.well-known/openid-configuration")
      response.end(JSON.stringify({ issuer: issuerUrl, jwks_uri: `${issuerUrl}/keys` }));
    else
      response.end(
        JSON.stringify({
          keys: [{ ...keys.publicKey.export({ format: "jwk" }), kid: "one", use: "sig", alg: "RS256" }],
        }),
      );
  });
  await new Promise<void>((resolve) => issuer.listen(0, "127.0.0.1", resolve));
  issuerUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/realm`;
  const fn = await makeFunctionAt(at, "who", "return event.requestContext.authorizer ?? {};");
  id = await makeApi(at, { CorsConfiguration: { AllowOrigins: ["*"] } });
  integration = await makeIntegration(at, id, { IntegrationUri: fn });
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
  issuer.close();
});

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

function token(claims: object, { kid = "one", alg = "RS256", key = keys.privateKey } = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const text = `${part({ alg, kid })}.${part({ iss: issuerUrl, aud: "me", exp: now + 600, ...claims })}`;
  return `${text}.${createSign("sha256").update(text).sign(key, "base64url")}`;
}

const bearing = (text: string) => ({ headers: { Authorization: text } });
const UNAUTHORIZED = { status: 401, text: '{"message":"Unauthorized"}' };
const FORBIDDEN = { status: 403, text: '{"message":"Forbidden"}' };

beforeAll(async () => {
  const { AuthorizerId } = await at.gateway.send(
    new CreateAuthorizerCommand({
      ApiId: id,
      Name: "jwt",
      AuthorizerType: "JWT",
      IdentitySource: ["$request.header.Authorization"],
      JwtConfiguration: { Issuer: issuerUrl, Audience: ["me", "client"] },
    }),
  );
  const jwt = { AuthorizationType: "JWT", AuthorizerId } as const;
  await addRoute(at, id, integration, { RouteKey: "GET /token", ...jwt });
  await addRoute(at, id, integration, { RouteKey: "ANY /all", ...jwt });
  await addRoute(at, id, integration, { RouteKey: "GET /scoped", ...jwt, AuthorizationScopes: ["read", "admin"] });
});

test("a good one lets in, and its claims reach the function as text", async () => {
  const good = token({ sub: "ada", groups: ["a", "b"], n: 1, scope: "x" });
  expect(await call(at, id, "GET /token", bearing(`Bearer ${good}`))).toMatchObject({
    status: 200,
    json: { jwt: { claims: { sub: "ada", groups: "[a b]", n: "1", aud: "me", iss: issuerUrl }, scopes: null } },
  });
  expect((await call(at, id, "GET /token", bearing(good))).status).toBe(200);
  expect((await call(at, id, "GET /token", bearing(token({ aud: undefined, client_id: "client" })))).status).toBe(200);
});

test("none is a challenge", async () => {
  const refused = await call(at, id, "GET /token");
  expect(refused).toMatchObject(UNAUTHORIZED);
  expect(refused.headers["www-authenticate"]).toBe("Bearer");
});

test.each<[string, () => string]>([
  ["the token has expired", () => token({ exp: 1 })],
  ["the token does not have a valid audience", () => token({ aud: "other" })],
  ["the issuer is not valid", () => token({ iss: "https://other" })],
  ["signature is invalid", () => token({}, { key: stranger.privateKey })],
  ["kid did not match any key of the issuer", () => token({}, { kid: "two" })],
  ["signing method HS256 is invalid", () => token({}, { alg: "HS256" })],
  ["the token is not a valid JWT", () => "nonsense"],
])("%s", async (why, made) => {
  const refused = await call(at, id, "GET /token", bearing(`Bearer ${made()}`));
  expect(refused).toMatchObject(UNAUTHORIZED);
  expect(refused.headers["www-authenticate"]).toBe(`Bearer scope="" error="invalid_token" error_description="${why}"`);
});

test("one of a route's scopes is enough, none is forbidden", async () => {
  const good = await call(at, id, "GET /scoped", bearing(token({ scope: "admin other" })));
  expect([good.status, (good.json as { jwt: { scopes: unknown } }).jwt.scopes]).toEqual([200, ["admin", "other"]]);
  expect((await call(at, id, "GET /scoped", bearing(token({ scp: ["read"] })))).status).toBe(200);
  const refused = await call(at, id, "GET /scoped", bearing(token({ scope: "other" })));
  expect(refused).toMatchObject(FORBIDDEN);
  expect(refused.headers["www-authenticate"]).toMatch(/^Bearer scope="read admin" error="insufficient_scope"/);
});

test("of a user pool of this cloud lets in", async () => {
  const pools = new CognitoIdentityProvider({ ...at.cloud.clientConfig(), maxAttempts: 1 });
  const { UserPool } = await pools.createUserPool({ PoolName: "people" });
  const UserPoolId = UserPool?.Id ?? "";
  const { UserPoolClient } = await pools.createUserPoolClient({
    UserPoolId,
    ClientName: "app",
    ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  });
  const ClientId = UserPoolClient?.ClientId ?? "";
  await pools.adminCreateUser({ UserPoolId, Username: "ada" });
  await pools.adminSetUserPassword({ UserPoolId, Username: "ada", Password: "Sesame-1-open", Permanent: true });
  const { AuthenticationResult } = await pools.adminInitiateAuth({
    UserPoolId,
    ClientId,
    AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: "ada", PASSWORD: "Sesame-1-open" },
  });
  const authorizer = new CreateAuthorizerCommand({
    ApiId: id,
    Name: "pool",
    AuthorizerType: "JWT",
    IdentitySource: ["$request.header.Authorization"],
    JwtConfiguration: { Issuer: `https://cognito-idp.us-east-1.amazonaws.com/${UserPoolId}`, Audience: [ClientId] },
  });
  const { AuthorizerId } = await at.gateway.send(authorizer);
  const jwt = { AuthorizationType: "JWT", AuthorizerId } as const;
  await addRoute(at, id, integration, { RouteKey: "GET /pool", ...jwt });
  const { AccessToken = "", IdToken = "" } = AuthenticationResult ?? {};
  expect(await call(at, id, "GET /pool", bearing(`Bearer ${AccessToken}`))).toMatchObject({
    status: 200,
    json: { jwt: { claims: { username: "ada", client_id: ClientId, token_use: "access" } } },
  });
  expect((await call(at, id, "GET /pool", bearing(IdToken))).status).toBe(200);
  expect((await call(at, id, "GET /pool", bearing(token({})))).status).toBe(401);
});

test.each([
  ["a user pool that is not there", () => "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_nowhere"],
  ["an address without a document", () => issuerUrl.replace("/realm", "/elsewhere")],
])("%s is no issuer", async (_what, issuerOf) => {
  const Issuer = issuerOf();
  const made = at.gateway.send(
    new CreateAuthorizerCommand({
      ApiId: id,
      Name: "nobody",
      AuthorizerType: "JWT",
      IdentitySource: ["$request.header.Authorization"],
      JwtConfiguration: { Issuer, Audience: ["me"] },
    }),
  );
  await expect(made).rejects.toMatchObject({
    name: "BadRequestException",
    message: `Caught exception when connecting to ${Issuer}/.well-known/openid-configuration for issuer ${Issuer}. Please try again later. Error: Invalid issuer: ${Issuer}. Issuer must have a valid discovery endpoint ended with '/.well-known/openid-configuration'`,
  });
});

test("the issuer's keys are kept for two hours", async () => {
  await using fork = at.cloud.fork();
  fork.clock.hold();
  const { endpoint } = await fork.listen();
  const get = async () => {
    const good = token({ exp: Math.floor(Date.now() / 1000) + 100_000 });
    const response = await fetch(`${endpoint}/_aws/execute-api/${id}/token`, bearing(good));
    return response.status;
  };
  asked.length = 0;
  expect([await get(), await get(), asked.length]).toEqual([200, 200, 2]);
  await fork.clock.advance("121 minutes");
  expect([await get(), asked.length]).toEqual([200, 4]);
});

test("a preflight needs a token where the route takes any method", async () => {
  const headers = { Origin: "https://a.example", "Access-Control-Request-Method": "GET" };
  expect((await call(at, id, "OPTIONS /token", { headers })).status).toBe(204);
  expect((await call(at, id, "OPTIONS /all", { headers })).status).toBe(401);
});
