// Who may call a route of an HTTP API: signatures, tokens and functions.

import { createSign, generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CreateAuthorizerCommand, ResetAuthorizersCacheCommand } from "@aws-sdk/client-apigatewayv2";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { makeFunctionAt } from "../../../gateway/test-api-calls.ts";
import { sign } from "../../../protocols/sigv4-sign.ts";
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
  at = await startApiCloud("apigatewayv2-authorize");
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
}, 60_000);

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

describe("tokens", () => {
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
    expect((await call(at, id, "GET /token", bearing(token({ aud: undefined, client_id: "client" })))).status).toBe(
      200,
    );
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
    expect(refused.headers["www-authenticate"]).toBe(
      `Bearer scope="" error="invalid_token" error_description="${why}"`,
    );
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
});

describe("functions", () => {
  const authorizer = async (name: string, body: string, more: object = {}): Promise<string> => {
    const arn = await makeFunctionAt(at, name, body);
    const { AuthorizerId = "" } = await at.gateway.send(
      new CreateAuthorizerCommand({
        ApiId: id,
        Name: name,
        AuthorizerType: "REQUEST",
        AuthorizerUri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`,
        AuthorizerPayloadFormatVersion: "2.0",
        EnableSimpleResponses: true,
        IdentitySource: ["$request.header.Authorization"],
        ...more,
      }),
    );
    await addRoute(at, id, integration, { RouteKey: `GET /${name}/{id}`, AuthorizationType: "CUSTOM", AuthorizerId });
    return AuthorizerId;
  };

  test("a simple yes lets in with its context, a simple no is forbidden", async () => {
    await authorizer(
      "simple",
      "return { isAuthorized: event.identitySource[0] === 'yes', context: { seen: { type: event.type, arn: event.routeArn, key: event.routeKey, path: event.pathParameters, version: event.version } } };",
    );
    expect(await call(at, id, "GET /simple/7", bearing("yes"))).toMatchObject({
      status: 200,
      json: {
        lambda: {
          seen: {
            type: "REQUEST",
            arn: `arn:aws:execute-api:us-east-1:000000000000:${id}/$default/GET/simple/7`,
            key: "GET /simple/{id}",
            path: { id: "7" },
            version: "2.0",
          },
        },
      },
    });
    expect(await call(at, id, "GET /simple/7", bearing("no"))).toMatchObject(FORBIDDEN);
    expect(await call(at, id, "GET /simple/7")).toMatchObject(UNAUTHORIZED);
  });

  test("a policy decides by its resources", async () => {
    await authorizer(
      "policy",
      "return { principalId: 'ada', policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: event.methodArn.replace('/7', '/8') }] }, context: { token: event.authorizationToken, version: event.version } };",
      { AuthorizerPayloadFormatVersion: "1.0", EnableSimpleResponses: undefined },
    );
    expect(await call(at, id, "GET /policy/7", bearing("x"))).toMatchObject(FORBIDDEN);
    expect(await call(at, id, "GET /policy/8", bearing("x"))).toMatchObject({
      status: 200,
      json: { lambda: { token: "x", version: "1.0" } },
    });
  });

  test.each([
    ["unauthorized", "throw new Error('Unauthorized');", 401, "Unauthorized"],
    ["broken", "throw new Error('else');", 500, "Internal Server Error"],
    ["strange", "return { yes: true };", 500, "Internal Server Error"],
  ])("one that is %s", async (name, body, status, message) => {
    await authorizer(name, body);
    expect(await call(at, id, `GET /${name}/1`, bearing("x"))).toMatchObject({ status, json: { message } });
  });

  test("what it says is kept for its time to live, for the same identity", async () => {
    await authorizer(
      "kept",
      "globalThis.n = (globalThis.n ?? 0) + 1; return { isAuthorized: true, context: { n: globalThis.n } };",
      { AuthorizerResultTtlInSeconds: 60 },
    );
    const count = async (who: string) =>
      ((await call(at, id, "GET /kept/1", bearing(who))).json as { lambda: { n: number } }).lambda.n;
    const first = await count("a");
    expect(await count("a")).toBe(first);
    const second = await count("b");
    expect(second).not.toBe(first);
    await at.gateway.send(new ResetAuthorizersCacheCommand({ ApiId: id, StageName: "$default" }));
    expect(await count("a")).not.toBe(first);
  });
});

describe("signatures", () => {
  test("only those whom IAM allows get in", async () => {
    await addRoute(at, id, integration, { RouteKey: "GET /signed/{id}", AuthorizationType: "AWS_IAM" });
    expect(await call(at, id, "GET /signed/1")).toMatchObject(FORBIDDEN);
    await at.iam.send(new CreateUserCommand({ UserName: "ada" }));
    const { AccessKey } = await at.iam.send(new CreateAccessKeyCommand({ UserName: "ada" }));
    const credentials = {
      accessKeyId: AccessKey?.AccessKeyId ?? "",
      secretAccessKey: AccessKey?.SecretAccessKey ?? "",
    };
    const signed = (path: string) => {
      const host = `${id}.execute-api.us-east-1.amazonaws.com`;
      const request = { method: "GET", path, query: "", headers: { host }, body: "" };
      const headers = sign(request, { ...credentials, region: "us-east-1", service: "execute-api", now: Date.now() });
      return call(at, id, `GET ${path}`, { host, headers });
    };
    expect(await signed("/signed/1")).toMatchObject(FORBIDDEN);
    const statement = {
      Effect: "Allow",
      Action: "execute-api:Invoke",
      Resource: `arn:aws:execute-api:us-east-1:000000000000:${id}/$default/GET/signed/2`,
    };
    await at.iam.send(
      new PutUserPolicyCommand({
        UserName: "ada",
        PolicyName: "invoke",
        PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
      }),
    );
    expect(await signed("/signed/1")).toMatchObject(FORBIDDEN);
    expect(await signed("/signed/2")).toMatchObject({
      status: 200,
      json: {
        iam: {
          accessKey: credentials.accessKeyId,
          accountId: "000000000000",
          userArn: expect.stringContaining("user/ada") as string,
        },
      },
    });
  });
});
