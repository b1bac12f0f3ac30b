// Who may call a method: Lambda authorizers, signatures, the API's own policy.

import { CreateAuthorizerCommand, FlushStageAuthorizersCacheCommand } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  addRoutes,
  callApi,
  deploy,
  makeApi,
  makeFunction,
  makeKeys,
  proxyTo,
  signedCall,
  startApiCloud,
  type ApiCloud,
  type Reply,
} from "./test-api.ts";

let at: ApiCloud;
let id: string;
let echo: string;
let authorizers: Record<"token" | "request", string>;

/** The token says what the authorizer does. Its principal is new every time it runs. */
const AUTHORIZER = `
  const token = event.authorizationToken ?? event.headers.who;
  globalThis.runs = (globalThis.runs ?? 0) + 1;
  if (token === "401") throw new Error("Unauthorized");
  if (token === "500") throw new Error("Something else");
  if (token === "odd") return { hello: "world" };
  if (token === "nested") return { principalId: "p", policyDocument: { Statement: [] }, context: { a: {} } };
  const Resource = token === "get" ? event.methodArn.replace(/\\/(GET|POST)\\/.*/, "/GET/*") : event.methodArn;
  const Effect = token === "deny" ? "Deny" : "Allow";
  const Condition = { IpAddress: { "aws:SourceIp": token === "here" ? "127.0.0.1/32" : "10.0.0.0/8" } };
  const conditional = token === "here" || token === "elsewhere" ? { Condition } : {};
  const Statement = token === "silent" ? [] : [{ Effect, Action: "execute-api:Invoke", Resource, ...conditional }];
  return {
    principalId: "runs-" + globalThis.runs,
    policyDocument: { Version: "2012-10-17", Statement },
    context: { n: 1, ok: true, text: "x", type: event.type },
  };`;

beforeAll(async () => {
  at = await startApiCloud("apigateway-authorize");
  echo = await makeFunction(at, "echo", "return { statusCode: 200, body: JSON.stringify(event.requestContext) };");
  const authorizerUri = await makeFunction(at, "authorizer", AUTHORIZER);
  id = await makeApi(at);
  const make = async (name: string, facts: object): Promise<string> => {
    const command = new CreateAuthorizerCommand({ restApiId: id, name, type: "TOKEN", authorizerUri, ...facts });
    return (await at.gateway.send(command)).id ?? "";
  };
  authorizers = {
    token: await make("token", {
      identitySource: "method.request.header.Authorization",
      identityValidationExpression: "[a-z0-9]+",
    }),
    request: await make("request", {
      type: "REQUEST",
      identitySource: "method.request.header.who,method.request.querystring.key",
      authorizerResultTtlInSeconds: 60,
    }),
  };
  const custom = (authorizerId: string) => proxyTo(echo, { authorizationType: "CUSTOM", authorizerId });
  await addRoutes(at, id, {
    "GET /token": custom(authorizers.token),
    "POST /token": custom(authorizers.token),
    "GET /request": custom(authorizers.request),
    "GET /signed/{name}": proxyTo(echo, { authorizationType: "AWS_IAM" }),
  });
  await deploy(at, id);
});

afterAll(() => at.cloud.close());

const withToken = (token: string, route = "GET /live/token"): Promise<Reply> =>
  callApi(at, id, route, { headers: { Authorization: token } });

describe("token authorizers", () => {
  test("an allowed caller's principal and context reach the function as text", async () => {
    const { status, json } = await withToken("all");
    expect(status).toBe(200);
    expect(json).toMatchObject({
      authorizer: {
        principalId: expect.stringMatching(/^runs-\d+$/) as string,
        n: "1",
        ok: "true",
        text: "x",
        type: "TOKEN",
      },
    });
  });

  test.each([
    ["401", 401, { message: "Unauthorized" }, "UnauthorizedException"],
    ["NOT-LIKE-IT", 401, { message: "Unauthorized" }, "UnauthorizedException"],
    ["500", 500, { message: null }, "AuthorizerFailureException"],
    ["odd", 500, { message: null }, "AuthorizerConfigurationException"],
    ["nested", 500, { message: null }, "AuthorizerConfigurationException"],
    [
      "deny",
      403,
      { Message: "User is not authorized to access this resource with an explicit deny in an identity-based policy" },
      "AccessDeniedException",
    ],
    ["silent", 403, { Message: "User is not authorized to access this resource" }, "AccessDeniedException"],
  ])("the token %s is answered %i", async (token, status, body, errorType) => {
    const reply = await withToken(token);
    expect([reply.status, reply.json, reply.headers["x-amzn-errortype"]]).toEqual([status, body, errorType]);
  });

  test("conditions of the policy count", async () => {
    expect([(await withToken("here")).status, (await withToken("elsewhere")).status]).toEqual([200, 403]);
  });

  test("no token is Unauthorized, without the function", async () => {
    expect(await callApi(at, id, "GET /live/token")).toMatchObject({ status: 401, json: { message: "Unauthorized" } });
  });

  test("a kept policy is asked again for other methods", async () => {
    expect((await withToken("get")).status).toBe(200);
    expect((await withToken("get", "POST /live/token")).status).toBe(403);
  });

  const principal = async (token: string): Promise<unknown> =>
    ((await withToken(token)).json as { authorizer: { principalId: string } }).authorizer.principalId;

  test("an answer is kept for its time to live, on the cloud's clock", async () => {
    const first = await principal("kept");
    expect(await principal("kept")).toBe(first);
    await at.cloud.clock.advance("299 seconds");
    expect(await principal("kept")).toBe(first);
    await at.cloud.clock.advance("2 seconds");
    expect(await principal("kept")).not.toBe(first);
  });

  test("FlushStageAuthorizersCache forgets it", async () => {
    const first = await principal("flushed");
    await at.gateway.send(new FlushStageAuthorizersCacheCommand({ restApiId: id, stageName: "live" }));
    expect(await principal("flushed")).not.toBe(first);
  });
});

describe("request authorizers", () => {
  test("they see the request", async () => {
    const { status, json } = await callApi(at, id, "GET /live/request?key=1", { headers: { who: "all" } });
    expect([status, (json as { authorizer: unknown }).authorizer]).toMatchObject([200, { type: "REQUEST" }]);
  });

  test.each([
    ["GET /live/request", {}],
    ["GET /live/request", { who: "all" }],
    ["GET /live/request?key=", { who: "all" }],
  ])("a missing identity source is Unauthorized: %s %j", async (route, headers) => {
    expect((await callApi(at, id, route, { headers: headers as Record<string, string> })).status).toBe(401);
  });
});

describe("signed calls", () => {
  test("who may invoke is let in, with its identity", async () => {
    const keys = await makeKeys(
      at,
      "ada",
      ["execute-api:Invoke"],
      `arn:aws:execute-api:us-east-1:000000000000:${id}/live/GET/signed/mine`,
    );
    const { status, json } = await signedCall(at, keys, { id: id, path: "/live/signed/mine" });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      identity: {
        accessKey: keys.accessKeyId,
        accountId: "000000000000",
        userArn: "arn:aws:iam::000000000000:user/ada",
      },
    });
    const other = await signedCall(at, keys, { id: id, path: "/live/signed/other" });
    expect(other.status).toBe(403);
    expect((other.json as { Message: string }).Message).toContain(
      `User: arn:aws:iam::000000000000:user/ada is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********0000:${id}/live/GET/signed/other`,
    );
  });

  test.each([
    ["GET /live/signed/x", "Bearer abc", "Invalid key=value pair (missing equal-sign) in Authorization header"],
    ["GET /live/nowhere", "Bearer abc", "Invalid key=value pair (missing equal-sign) in Authorization header"],
    [
      "GET /live/nowhere",
      "Bearer abc=",
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. (Hashed with SHA-256",
    ],
  ])("%s takes %j for a signature", async (route, token, words) => {
    const { status, json, headers } = await withToken(token, route);
    expect([status, headers["x-amzn-errortype"]]).toEqual([403, "IncompleteSignatureException"]);
    expect((json as { message: string }).message.startsWith(words)).toBe(true);
  });

  test("an unsigned call lacks its token", async () => {
    expect(await callApi(at, id, "GET /live/signed/x")).toMatchObject({
      status: 403,
      json: { message: "Missing Authentication Token" },
    });
  });
});

describe("the API's own policy", () => {
  const statement = (facts: object) => ({
    Effect: "Allow",
    Principal: "*",
    Action: "execute-api:Invoke",
    Resource: "execute-api:/live/*",
    ...facts,
  });
  const apiWith = async (statements: readonly object[]): Promise<string> => {
    const api = await makeApi(at, { policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }) });
    await addRoutes(at, api, { "GET /open": proxyTo(echo), "GET /closed": proxyTo(echo) });
    await deploy(at, api);
    return api;
  };

  test("only what it allows is open to all", async () => {
    const api = await apiWith([statement({ Resource: "execute-api:/live/GET/open" })]);
    expect((await callApi(at, api, "GET /live/open")).status).toBe(200);
    expect(await callApi(at, api, "GET /live/closed")).toMatchObject({
      status: 403,
      json: {
        Message: `User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********0000:${api}/live/GET/closed`,
      },
    });
  });

  test("it may ask for a VPC endpoint, which the host of a private API names", async () => {
    const Condition = { StringNotEquals: { "aws:SourceVpce": "vpce-0123456789abcdef0" } };
    const api = await apiWith([statement({}), statement({ Effect: "Deny", Condition })]);
    const through = async (endpoint: string) => {
      const host = `${api}${endpoint}.execute-api.us-east-1.amazonaws.com`;
      return (await callApi(at, api, "GET /live/open", { host })).status;
    };
    expect(await through("")).toBe(403);
    expect(await through("-vpce-0aaaaaaaaaaaaaaaa")).toBe(403);
    expect(await through("-vpce-0123456789abcdef0")).toBe(200);
  });

  test("it may refuse an address", async () => {
    const condition = { IpAddress: { "aws:SourceIp": "127.0.0.0/8" } };
    const api = await apiWith([statement({}), statement({ Effect: "Deny", Condition: condition })]);
    const { status, json } = await callApi(at, api, "GET /live/open");
    expect(status).toBe(403);
    expect((json as { Message: string }).Message).toMatch(/\/live\/GET\/open with an explicit deny$/);
  });
});
