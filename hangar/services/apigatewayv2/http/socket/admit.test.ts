// Who may connect to a WebSocket API, and with what: authorizers, API keys, parameters; and which messages its models let through.

import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
} from "@aws-sdk/client-api-gateway";
import {
  CreateAuthorizerCommand,
  CreateModelCommand,
  GetModelTemplateCommand,
  UpdateApiCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-apigatewayv2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeFunctionAt } from "../../../../gateway/test-api-calls.ts";
import { addRoute } from "../test-http-api.ts";
import {
  asked,
  closeSocketCloud,
  integrationOf,
  lambdaUri,
  open,
  proxy,
  refusal,
  socketApi,
  startSocketCloud,
  twoWay,
  urlOf,
  type SocketCloud,
} from "./test-socket-api.ts";

let at: SocketCloud;

beforeAll(async () => {
  at = await startSocketCloud("apigatewayv2-socket-admit");
});

afterAll(() => closeSocketCloud(at));

describe("authorizers of $connect", () => {
  async function guarded(body: string, more: object = {}): Promise<string> {
    const api = await socketApi(at);
    const arn = await makeFunctionAt(at, `guard-${api}`, body);
    const { AuthorizerId } = await at.gateway.send(
      new CreateAuthorizerCommand({
        ApiId: api,
        Name: "guard",
        AuthorizerType: "REQUEST",
        AuthorizerUri: lambdaUri(arn),
        IdentitySource: ["route.request.querystring.token"],
      }),
    );
    const who = "return { statusCode: 200, body: JSON.stringify(event.requestContext) };";
    const integration = await proxy(at, api, await makeFunctionAt(at, `who-${api}`, who));
    await addRoute(at, api, integration, { RouteKey: "$connect", AuthorizationType: "CUSTOM", AuthorizerId, ...more });
    await twoWay(at, api, integration, { RouteKey: "$default" });
    return api;
  }

  const POLICY =
    "return { principalId: 'ada', policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: event.queryStringParameters.token === 'yes' ? 'Allow' : 'Deny', Resource: event.methodArn }] }, usageIdentifierKey: event.queryStringParameters.key, context: { n: 1 } };";

  test("a policy lets in, and what it says of the caller stays with the connection", async () => {
    const api = await guarded(POLICY);
    expect(await refusal(urlOf(at, api))).toMatchObject({ status: 401 });
    expect(await refusal(`${urlOf(at, api)}?token=no`)).toMatchObject({ status: 403 });
    const socket = await open(at, `${urlOf(at, api)}?token=yes`);
    const { authorizer } = JSON.parse(await asked(socket, "who")) as { authorizer: object };
    expect(authorizer).toMatchObject({ principalId: "ada", n: 1 });
    socket.close();
  });

  test("IAM lets in only who signs", async () => {
    const api = await guarded(POLICY, { AuthorizationType: "AWS_IAM", AuthorizerId: undefined });
    expect(await refusal(urlOf(at, api))).toMatchObject({ status: 403 });
  });

  test("an authorizer may give the API key of the caller", async () => {
    const api = await guarded(POLICY, { ApiKeyRequired: true });
    const source = "$context.authorizer.usageIdentifierKey";
    await at.gateway.send(new UpdateApiCommand({ ApiId: api, ApiKeySelectionExpression: source }));
    const { value } = await keyFor(api);
    expect(await refusal(`${urlOf(at, api)}?token=yes&key=another`)).toEqual({ status: 403, message: "Forbidden" });
    await open(at, `${urlOf(at, api)}?token=yes&key=${value}`);
  });
});

/** An enabled key under a plan of the API's stage. */
async function keyFor(apiId: string, limits: object = {}): Promise<{ readonly id: string; readonly value: string }> {
  const rest = new APIGatewayClient(at.cloud.clientConfig());
  const made = await rest.send(new CreateApiKeyCommand({ name: `key-${apiId}`, enabled: true }));
  const plan = { name: `plan-${apiId}`, apiStages: [{ apiId, stage: "live" }], ...limits };
  const { id: usagePlanId } = await rest.send(new CreateUsagePlanCommand(plan));
  await rest.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId: made.id, keyType: "API_KEY" }));
  return { id: made.id ?? "", value: made.value ?? "" };
}

test("a route that needs an API key takes one of its stage's plan, as often as the plan says", async () => {
  const api = await socketApi(at);
  const mock = await integrationOf(at, api, { IntegrationType: "MOCK" }, { $default: "$context.identity.apiKeyId" });
  await addRoute(at, api, mock, { RouteKey: "$connect", ApiKeyRequired: true });
  await twoWay(at, api, mock, { RouteKey: "$default", ApiKeyRequired: true });
  const { id, value } = await keyFor(api, { quota: { limit: 3, period: "DAY" } });
  const url = urlOf(at, api);
  for (const headers of [{}, { "x-api-key": "nobody's" }])
    expect(await refusal(url, { headers })).toEqual({ status: 403, message: "Forbidden" });
  const socket = await open(at, url, { headers: { "x-api-key": value } });
  expect(await asked(socket, "who")).toBe(id);
  await asked(socket, "who");
  expect(JSON.parse(await asked(socket, "who"))).toEqual({
    message: "Limit Exceeded",
    connectionId: expect.stringMatching(/=$/) as string,
    requestId: expect.stringMatching(/=$/) as string,
  });
  expect(await refusal(url, { headers: { "x-api-key": value } })).toEqual({ status: 429, message: "Limit Exceeded" });
});

test("parameters that $connect needs must be there", async () => {
  const api = await socketApi(at);
  const mock = await integrationOf(at, api, { IntegrationType: "MOCK" });
  await addRoute(at, api, mock, {
    RouteKey: "$connect",
    RequestParameters: {
      "route.request.querystring.room": { Required: true },
      "route.request.header.X-Who": { Required: true },
      "route.request.querystring.more": { Required: false },
    },
  });
  expect(await refusal(`${urlOf(at, api)}?room=`)).toEqual({
    status: 400,
    message: "Missing required request parameters: [X-Who, room]",
  });
  await open(at, `${urlOf(at, api)}?room=1`, { headers: { "X-Who": "ada" } });
});

test("a message is checked against the model that it selects, else $default's", async () => {
  const api = await socketApi(at);
  const model = (Name: string, Schema: object) =>
    at.gateway.send(new CreateModelCommand({ ApiId: api, Name, Schema: JSON.stringify(Schema) }));
  const { ModelId } = await model("Mail", {
    type: "object",
    properties: { address: { type: "string" } },
    required: ["address"],
  });
  await model("Other", { type: "object", properties: { kind: { enum: ["letter"] } } });
  const mock = await integrationOf(at, api, { IntegrationType: "MOCK" }, { $default: "" });
  const route = { ModelSelectionExpression: "$request.body.kind", RequestModels: { mail: "Mail" } };
  await twoWay(at, api, mock, { RouteKey: "strict", ...route });
  await twoWay(at, api, mock, {
    RouteKey: "send",
    ...route,
    RequestModels: { ...route.RequestModels, $default: "Other" },
  });
  await twoWay(at, api, mock, { RouteKey: "any", RequestModels: { $default: "Mail" } });
  const socket = await open(at, urlOf(at, api));
  const verdict = async (message: object) => {
    const answer = await asked(socket, message);
    return answer === "" ? "taken" : (JSON.parse(answer) as { message?: string }).message;
  };
  const wrong = "Invalid request body";
  expect(await verdict({ action: "send", kind: "mail" })).toBe(wrong);
  expect(await verdict({ action: "send", kind: "mail", address: "a@b" })).toBe("taken");
  expect(await verdict({ action: "send", kind: "letter" })).toBe("taken");
  expect(await verdict({ action: "send", kind: "parcel" })).toBe(wrong);
  // No model is selected, and there is none to fall back to.
  expect(await verdict({ action: "strict", kind: "letter" })).toBe(wrong);
  // Without an expression nothing is checked.
  expect(await verdict({ action: "any" })).toBe("taken");
  const { Value } = await at.gateway.send(new GetModelTemplateCommand({ ApiId: api, ModelId }));
  expect(Value).toContain('"address" : "foo"');
});

test("throttles of routes hold messages back, those of the stage all others", async () => {
  const api = await socketApi(at);
  const mock = await integrationOf(at, api, { IntegrationType: "MOCK" }, { $default: "answered" });
  for (const RouteKey of ["slow", "$default"]) await twoWay(at, api, mock, { RouteKey });
  const slow = { ThrottlingBurstLimit: 1, ThrottlingRateLimit: 0.001 };
  await at.gateway.send(new UpdateStageCommand({ ApiId: api, StageName: "live", RouteSettings: { slow } }));
  const socket = await open(at, urlOf(at, api));
  expect(await asked(socket, { action: "slow" })).toBe("answered");
  expect(JSON.parse(await asked(socket, { action: "slow" }))).toMatchObject({ message: "Too Many Requests" });
  expect(await asked(socket, { action: "other" })).toBe("answered");
});
