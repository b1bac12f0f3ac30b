// Who may call a route of an HTTP API: signatures and functions.

import { CreateAuthorizerCommand, ResetAuthorizersCacheCommand } from "@aws-sdk/client-apigatewayv2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { makeFunctionAt } from "../../../gateway/test-api-calls.ts";
import { sign } from "../../../protocols/sigv4-sign.ts";
import { addRoute, call, makeApi, makeIntegration, startApiCloud, type ApiCloud } from "./test-http-api.ts";

let at: ApiCloud;
let id: string;
let integration: string;

beforeAll(async () => {
  at = await startApiCloud("apigatewayv2-authorize");
  const fn = await makeFunctionAt(at, "who", "return event.requestContext.authorizer ?? {};");
  id = await makeApi(at, { CorsConfiguration: { AllowOrigins: ["*"] } });
  integration = await makeIntegration(at, id, { IntegrationUri: fn });
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const bearing = (text: string) => ({ headers: { Authorization: text } });
const UNAUTHORIZED = { status: 401, text: '{"message":"Unauthorized"}' };
const FORBIDDEN = { status: 403, text: '{"message":"Forbidden"}' };

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
