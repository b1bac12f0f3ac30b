// Authorizers through the SDK client.

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let api: APIGateway;
let restApiId: string;
let root: string;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "authorizer" });
  api = new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 });
});

beforeEach(async () => {
  const made = await api.createRestApi({ name: "authorizer" });
  restApiId = made.id ?? "";
  root = made.rootResourceId ?? "";
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const bad = (message: string) => ({ name: "BadRequestException", message });
const missing = (message: string) => ({ name: "NotFoundException", message });
const answer = <Output extends { $metadata: unknown }>({ $metadata: _facts, ...rest }: Output) => rest;

const authorizerUri =
  "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:auth/invocations";
const token = { name: "token", type: "TOKEN", authorizerUri, identitySource: "method.request.header.Auth" } as const;

test("an authorizer is made, read, changed and deleted", async () => {
  const made = await api.createAuthorizer({ restApiId, ...token });
  const authorizerId = made.id ?? "";
  expect([made.$metadata.httpStatusCode, answer(made)]).toEqual([201, { ...token, id: made.id, authType: "custom" }]);
  expect((await api.getAuthorizers({ restApiId })).items).toEqual([answer(made)]);
  await expect(api.createAuthorizer({ restApiId, ...token })).rejects.toMatchObject({ name: "ConflictException" });
  const changed = await api.updateAuthorizer({
    restApiId,
    authorizerId,
    patchOperations: [
      { op: "replace", path: "/name", value: "renamed" },
      { op: "replace", path: "/authorizerResultTtlInSeconds", value: "60" },
      { op: "replace", path: "/identityValidationExpression", value: "^x-[a-z]+" },
    ],
  });
  expect(answer(changed)).toEqual({
    ...token,
    id: authorizerId,
    authType: "custom",
    name: "renamed",
    authorizerResultTtlInSeconds: 60,
    identityValidationExpression: "^x-[a-z]+",
  });
  expect(answer(await api.getAuthorizer({ restApiId, authorizerId }))).toEqual(answer(changed));
  await expect(
    api.updateAuthorizer({ restApiId, authorizerId, patchOperations: [{ op: "replace", path: "/wrong" }] }),
  ).rejects.toMatchObject(bad("Invalid patch path /wrong"));
  expect((await api.deleteAuthorizer({ restApiId, authorizerId })).$metadata.httpStatusCode).toBe(202);
  await expect(api.getAuthorizer({ restApiId, authorizerId })).rejects.toMatchObject({ name: "NotFoundException" });
});

test("a user pool authorizer's pools are added and removed", async () => {
  const pool = (id: string) => `arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_${id}`;
  const { id: authorizerId = "", authType } = await api.createAuthorizer({
    restApiId,
    name: "pools",
    type: "COGNITO_USER_POOLS",
    providerARNs: [pool("a")],
    identitySource: "method.request.header.Authorization",
  });
  expect(authType).toBe("cognito_user_pools");
  const patchOperations = [
    { op: "add", path: "/providerARNs", value: pool("b") },
    { op: "remove", path: "/providerARNs", value: pool("a") },
  ] as const;
  const changed = await api.updateAuthorizer({ restApiId, authorizerId, patchOperations: [...patchOperations] });
  expect(changed.providerARNs).toEqual([pool("b")]);
});

test("an authorizer of an API that is not there is a conflict, as AWS has it", async () => {
  await expect(api.createAuthorizer({ restApiId: "nothing", ...token })).rejects.toMatchObject({
    name: "ConflictException",
    message: "Unable to complete operation due to concurrent modification. Please try again later.",
  });
  await expect(api.getAuthorizers({ restApiId: "nothing" })).rejects.toMatchObject(
    missing("Invalid API identifier specified 000000000000:nothing"),
  );
});

test.each([
  [{ authorizerUri: "arn:aws:lambda:us-east-1:000000000000:function:auth" }],
  [{ authorizerResultTtlInSeconds: 3601 }],
  [{ identitySource: "wrong" }],
  [{ type: "REQUEST" as const, identitySource: "" }],
  [{ type: "COGNITO_USER_POOLS" as const }],
])("a token authorizer cannot be made with %j", async (input) => {
  await expect(api.createAuthorizer({ restApiId, ...token, ...input })).rejects.toMatchObject({
    name: "BadRequestException",
  });
});

test("an API has ten authorizers at most", async () => {
  for (let index = 0; index < 10; index += 1) await api.createAuthorizer({ restApiId, ...token, name: `a${index}` });
  await expect(api.createAuthorizer({ restApiId, ...token, name: "more" })).rejects.toMatchObject({
    name: "LimitExceededException",
    message:
      "Maximum number of Authorizers for this API has been reached. Please contact AWS if you need additional Authorizers.",
  });
});

test("an authorizer that a method uses cannot be deleted", async () => {
  const { id: authorizerId = "" } = await api.createAuthorizer({ restApiId, ...token });
  await api.putMethod({ restApiId, resourceId: root, httpMethod: "GET", authorizationType: "CUSTOM", authorizerId });
  await expect(api.deleteAuthorizer({ restApiId, authorizerId })).rejects.toMatchObject({ name: "ConflictException" });
});
