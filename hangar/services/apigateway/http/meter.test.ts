// API keys, usage plans, throttles and quotas, on the cloud's clock.

import {
  CreateApiKeyCommand,
  CreateAuthorizerCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  GetUsageCommand,
  UpdateApiKeyCommand,
  UpdateStageCommand,
  type CreateUsagePlanCommandInput,
} from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addRoutes, callApi, deploy, makeApi, makeFunction, startApiCloud, type ApiCloud } from "./test-api.ts";

let at: ApiCloud;
let id: string;
let names = 0;

const mocked = (apiKeyRequired: boolean) => ({
  method: { apiKeyRequired },
  integration: { type: "MOCK" as const, requestTemplates: { "application/json": '{"statusCode": 200}' } },
  responses: { "200": {} },
});

beforeAll(async () => {
  at = await startApiCloud("apigateway-meter");
  id = await makeApi(at);
  await addRoutes(at, id, { "GET /keyed": mocked(true), "GET /other": mocked(true), "GET /free": mocked(false) });
});
beforeEach(() => deploy(at, id));
afterAll(() => at.cloud.close());

type Plan = Partial<CreateUsagePlanCommandInput>;

async function newKey(plan?: Plan): Promise<{ keyId: string; value: string; planId: string }> {
  const name = `key-${(names += 1)}`;
  const key = await at.gateway.send(new CreateApiKeyCommand({ name, enabled: true }));
  const keyId = key.id ?? "";
  if (plan === undefined) return { keyId, value: key.value ?? "", planId: "" };
  const apiStages = [{ apiId: id, stage: "live" }];
  const made = await at.gateway.send(new CreateUsagePlanCommand({ name, apiStages, ...plan }));
  await at.gateway.send(new CreateUsagePlanKeyCommand({ usagePlanId: made.id, keyId, keyType: "API_KEY" }));
  return { keyId, value: key.value ?? "", planId: made.id ?? "" };
}

const call = (value?: string, path = "/keyed") =>
  callApi(at, id, `GET /live${path}`, { headers: value === undefined ? {} : { "X-API-Key": value } });

test("a method that requires a key is Forbidden without one of a plan for the stage", async () => {
  const loose = await newKey();
  for (const value of [undefined, "no such key", loose.value]) {
    const { status, text, headers } = await call(value);
    expect([status, text, headers["x-amzn-errortype"]]).toEqual([403, '{"message":"Forbidden"}', "ForbiddenException"]);
  }
  expect((await call(undefined, "/free")).status).toBe(200);
});

test("a key of a plan is let in until it is disabled", async () => {
  const { value, keyId } = await newKey({});
  expect((await call(value)).status).toBe(200);
  const patchOperations = [{ op: "replace" as const, path: "/enabled", value: "false" }];
  await at.gateway.send(new UpdateApiKeyCommand({ apiKey: keyId, patchOperations }));
  expect((await call(value)).status).toBe(403);
});

test("a plan's throttle gives back tokens as time goes by", async () => {
  at.cloud.clock.hold();
  const { value } = await newKey({ throttle: { rateLimit: 1, burstLimit: 2 } });
  expect([(await call(value)).status, (await call(value, "/other")).status]).toEqual([200, 200]);
  const { status, text, headers } = await call(value);
  expect([status, text, headers["x-amzn-errortype"]]).toEqual([
    429,
    '{"message":"Too Many Requests"}',
    "TooManyRequestsException",
  ]);
  await at.cloud.clock.advance("1 second");
  expect([(await call(value)).status, (await call(value)).status]).toEqual([200, 429]);
  at.cloud.clock.release();
});

test("a method may have a throttle of its own in a plan", async () => {
  at.cloud.clock.hold();
  const throttle = { "/other/GET": { rateLimit: 1, burstLimit: 1 } };
  const { value } = await newKey({ apiStages: [{ apiId: id, stage: "live", throttle }] });
  expect([(await call(value, "/other")).status, (await call(value, "/other")).status]).toEqual([200, 429]);
  expect([(await call(value)).status, (await call(value)).status]).toEqual([200, 200]);
  at.cloud.clock.release();
});

test("a quota ends with its period, and GetUsage tells how it stands", async () => {
  const { value, keyId, planId } = await newKey({ quota: { limit: 2, period: "DAY" } });
  expect([(await call(value)).status, (await call(value)).status]).toEqual([200, 200]);
  const { status, text, headers } = await call(value);
  expect([status, text, headers["x-amzn-errortype"]]).toEqual([
    429,
    '{"message":"Limit Exceeded"}',
    "LimitExceededException",
  ]);
  const today = new Date(at.cloud.clock.now()).toISOString().slice(0, 10);
  const { items } = await at.gateway.send(
    new GetUsageCommand({ usagePlanId: planId, startDate: today, endDate: today }),
  );
  expect(items).toEqual({ [keyId]: [[2, 0]] });
  await at.cloud.clock.advance("1 day");
  expect((await call(value)).status).toBe(200);
});

test("an authorizer may name the key", async () => {
  const { value } = await newKey();
  const api = await makeApi(at, { apiKeySource: "AUTHORIZER" });
  const authorizerUri = await makeFunction(
    at,
    "namer",
    `return {
      principalId: "p",
      usageIdentifierKey: event.authorizationToken,
      policyDocument: { Statement: [{ Effect: "Allow", Action: "execute-api:Invoke", Resource: "*" }] },
    };`,
  );
  const { id: authorizerId = "" } = await at.gateway.send(
    new CreateAuthorizerCommand({
      restApiId: api,
      name: "namer",
      type: "TOKEN",
      authorizerUri,
      identitySource: "method.request.header.Authorization",
    }),
  );
  const method = { authorizationType: "CUSTOM", authorizerId, apiKeyRequired: true };
  await addRoutes(at, api, { "GET /": { ...mocked(true), method } });
  await deploy(at, api);
  const mine = await newKey({ apiStages: [{ apiId: api, stage: "live" }] });
  const asked = async (Authorization: string) =>
    (await callApi(at, api, "GET /live", { headers: { Authorization, "X-API-Key": mine.value } })).status;
  expect([await asked(mine.value), await asked(value), await asked("none")]).toEqual([200, 403, 403]);
});

test("a stage throttles its methods", async () => {
  at.cloud.clock.hold();
  const set = (path: string, value: string) => ({ op: "replace" as const, path, value });
  await at.gateway.send(
    new UpdateStageCommand({
      restApiId: id,
      stageName: "live",
      patchOperations: [set("/~1free/GET/throttling/rateLimit", "1"), set("/~1free/GET/throttling/burstLimit", "1")],
    }),
  );
  expect([(await call(undefined, "/free")).status, (await call(undefined, "/free")).status]).toEqual([200, 429]);
  at.cloud.clock.release();
});
