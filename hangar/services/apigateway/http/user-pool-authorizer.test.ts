// Methods behind Amazon Cognito user pools: which tokens are let in, and what is told of their claims.

import {
  CreateAuthorizerCommand,
  TestInvokeAuthorizerCommand,
  type CreateAuthorizerCommandInput,
  type TestInvokeAuthorizerCommandOutput,
} from "@aws-sdk/client-api-gateway";
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  addRoutes,
  callApi,
  deploy,
  makeApi,
  makeFunction,
  proxyTo,
  startApiCloud,
  type ApiCloud,
} from "./test-api.ts";

type Pool = { readonly arn: string; readonly client: string; readonly id: string; readonly access: string };

const SCOPE = "aws.cognito.signin.user.admin";
let at: ApiCloud;
let cognito: CognitoIdentityProviderClient;
let api: string;
let first: Pool;
let second: Pool;
let other: Pool;
let echo: string;

/** A pool and the tokens of ann, who is in two groups of it. */
async function makePool(): Promise<Pool> {
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "people" }));
  const { Id: UserPoolId = "", Arn: arn = "" } = UserPool ?? {};
  const ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] as const;
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({ UserPoolId, ClientName: "web", ExplicitAuthFlows: [...ExplicitAuthFlows] }),
  );
  const ClientId = UserPoolClient?.ClientId ?? "";
  const ann = { UserPoolId, Username: "ann" };
  const UserAttributes = [
    { Name: "email", Value: "ann@example.com" },
    { Name: "email_verified", Value: "true" },
  ];
  await cognito.send(new AdminCreateUserCommand({ ...ann, UserAttributes, MessageAction: "SUPPRESS" }));
  await cognito.send(new AdminSetUserPasswordCommand({ ...ann, Password: "Passw0rd!", Permanent: true }));
  for (const GroupName of ["readers", "writers"]) {
    await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName }));
    await cognito.send(new AdminAddUserToGroupCommand({ ...ann, GroupName }));
  }
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "ann", PASSWORD: "Passw0rd!" },
    }),
  );
  const { IdToken: id = "", AccessToken: access = "" } = AuthenticationResult ?? {};
  return { arn, client: ClientId, id, access };
}

async function authorizerOf(restApiId: string, facts: Partial<CreateAuthorizerCommandInput>): Promise<string> {
  const made = await at.gateway.send(
    new CreateAuthorizerCommand({
      restApiId,
      name: "people",
      type: "COGNITO_USER_POOLS",
      providerARNs: [first.arn, second.arn],
      identitySource: "method.request.header.Authorization",
      ...facts,
    }),
  );
  return made.id ?? "";
}

const guardedBy = (authorizerId: string, ...authorizationScopes: string[]) =>
  ({ authorizationType: "COGNITO_USER_POOLS", authorizerId, authorizationScopes }) as const;

const claims = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;

/** As Java prints dates. */
const printed = (seconds: unknown): string =>
  new Date(Number(seconds) * 1000).toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/, "$1 $3 $2 $5 UTC $4");

let authorizerId: string;

beforeAll(async () => {
  at = await startApiCloud("apigateway-user-pools");
  cognito = new CognitoIdentityProviderClient({ ...at.cloud.clientConfig(), maxAttempts: 1 });
  echo = await makeFunction(at, "echo", "return { statusCode: 200, body: JSON.stringify(event.requestContext) };");
  [first, second, other] = [await makePool(), await makePool(), await makePool()];
  api = await makeApi(at);
  authorizerId = await authorizerOf(api, {});
  const strict = await authorizerOf(api, {
    name: "strict",
    identitySource: "method.request.header.X-Token",
    identityValidationExpression: first.client,
  });
  await addRoutes(at, api, {
    "GET /id": proxyTo(echo, guardedBy(authorizerId)),
    "GET /scoped": proxyTo(echo, guardedBy(authorizerId, "pets/write", SCOPE)),
    "GET /other-scope": proxyTo(echo, guardedBy(authorizerId, "pets/write")),
    "GET /strict": proxyTo(echo, guardedBy(strict)),
    "GET /template": {
      method: guardedBy(authorizerId),
      integration: { type: "MOCK", requestTemplates: { "application/json": '{"statusCode":200}' } },
      responses: {
        200: {
          responseTemplates: {
            "application/json": "$context.authorizer.claims.email $context.authorizer.claims['cognito:username']",
          },
        },
      },
    },
  });
  await deploy(at, api);
});

afterAll(() => at.cloud.close());

const call = (route: string, token: string, name = "Authorization") =>
  callApi(at, api, route, { headers: { [name]: token } });

describe("the claims of an id token", () => {
  test("reach a function as text, its times as Java prints dates", async () => {
    const { status, json } = await call("GET /live/id", first.id);
    const said = claims(first.id);
    expect(status).toBe(200);
    expect((json as { authorizer: unknown }).authorizer).toEqual({
      claims: {
        ...Object.fromEntries(Object.entries(said).map(([name, value]) => [name, String(value)])),
        email_verified: "true",
        "cognito:groups": "readers,writers",
        auth_time: String(said["auth_time"]),
        exp: printed(said["exp"]),
        iat: printed(said["iat"]),
      },
    });
  });

  test("reach templates by name", async () => {
    expect((await call("GET /live/template", first.id)).text).toBe("ann@example.com ann");
  });
});

describe("which token is let in", () => {
  const cases: readonly (readonly [string, string, () => string, 200 | 401])[] = [
    ["an id token", "/id", () => first.id, 200],
    ["a bearer", "/id", () => `Bearer ${first.id}`, 200],
    ["the second pool's", "/id", () => second.id, 200],
    ["another pool's", "/id", () => other.id, 401],
    ["one with a signature of its own", "/id", () => `${first.id.slice(0, -8)}AAAAAAAA`, 401],
    ["no token at all", "/id", () => "hello", 401],
    ["an access token without scopes asked for", "/id", () => first.access, 401],
    ["an access token that has one of the scopes", "/scoped", () => first.access, 200],
    ["an access token that has none of them", "/other-scope", () => first.access, 401],
    ["an id token where scopes are asked for", "/scoped", () => first.id, 401],
  ];

  test.each(cases)("%s: %s", async (_name, path, token, expected) => {
    const { status, json, headers } = await call(`GET /live${path}`, token());
    expect(status).toBe(expected);
    if (expected === 200) return;
    expect([json, headers["x-amzn-errortype"]]).toEqual([{ message: "Unauthorized" }, "UnauthorizedException"]);
  });

  test("a request without the header is Unauthorized", async () => {
    const { status, json } = await callApi(at, api, "GET /live/id");
    expect([status, json]).toEqual([401, { message: "Unauthorized" }]);
  });

  test("the validation expression is about the audience, the source is the header that the authorizer names", async () => {
    expect((await call("GET /live/strict", first.id, "X-Token")).status).toBe(200);
    expect((await call("GET /live/strict", second.id, "X-Token")).status).toBe(401);
    expect((await call("GET /live/strict", first.id)).status).toBe(401);
  });

  test("the API's own policy must allow too", async () => {
    const Statement = [
      { Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/live/GET/open" },
    ];
    const restApiId = await makeApi(at, { policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
    const method = guardedBy(await authorizerOf(restApiId, {}));
    await addRoutes(at, restApiId, { "GET /open": proxyTo(echo, method), "GET /closed": proxyTo(echo, method) });
    await deploy(at, restApiId);
    const headers = { Authorization: first.id };
    expect((await callApi(at, restApiId, "GET /live/open", { headers })).status).toBe(200);
    expect((await callApi(at, restApiId, "GET /live/closed", { headers })).status).toBe(403);
    expect((await callApi(at, restApiId, "GET /live/closed")).status).toBe(401);
  });
});

describe("TestInvokeAuthorizer", () => {
  const ask = (token: string): Promise<TestInvokeAuthorizerCommandOutput> =>
    at.gateway.send(
      new TestInvokeAuthorizerCommand({ restApiId: api, authorizerId, headers: { Authorization: token } }),
    );

  test("tells the claims of an id token", async () => {
    const { clientStatus, claims: told } = await ask(first.id);
    expect([clientStatus, told?.["email"], told?.["token_use"]]).toEqual([0, "ann@example.com", "id"]);
  });

  test("refuses every other: access tokens cannot be tested", async () => {
    for (const token of [first.access, other.id, ""])
      expect(await ask(token)).toMatchObject({
        clientStatus: 401,
        log: expect.stringContaining("Execution failed") as string,
      });
  });
});

test("a token that is over says so", async () => {
  await at.cloud.clock.advance("61 minutes");
  const { status, json } = await call("GET /live/id", first.id);
  expect([status, json]).toEqual([401, { message: "The incoming token has expired" }]);
});
