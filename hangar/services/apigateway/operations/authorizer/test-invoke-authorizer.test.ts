// TestInvokeAuthorizer: what an authorizer says of a request that no one sent.

import { CreateAuthorizerCommand, TestInvokeAuthorizerCommand } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeApi, makeFunction, startApiCloud, type ApiCloud } from "../../http/test-api.ts";

let at: ApiCloud;
let ids: { readonly restApiId: string; readonly authorizerId: string };

beforeAll(async () => {
  at = await startApiCloud("apigateway-test-authorizer");
  const authorizerUri = await makeFunction(
    at,
    "authorizer",
    `if (event.authorizationToken === "bad") throw new Error("Unauthorized");
    const Statement = [{ Effect: "Deny", Action: "execute-api:Invoke", Resource: event.methodArn }];
    return { principalId: event.authorizationToken, policyDocument: { Version: "2012-10-17", Statement } };`,
  );
  const restApiId = await makeApi(at);
  const { id = "" } = await at.gateway.send(
    new CreateAuthorizerCommand({
      restApiId,
      name: "token",
      type: "TOKEN",
      authorizerUri,
      identitySource: "method.request.header.Authorization",
    }),
  );
  ids = { restApiId, authorizerId: id };
});

afterAll(() => at.cloud.close());

const ask = (headers: Record<string, string>) => at.gateway.send(new TestInvokeAuthorizerCommand({ ...ids, headers }));

test("its policy is told, not judged", async () => {
  const { clientStatus, principalId, policy = "", log } = await ask({ Authorization: "ada" });
  const arn = `arn:aws:execute-api:us-east-1:000000000000:${ids.restApiId}/test-invoke-stage/GET/`;
  expect([clientStatus, principalId]).toEqual([0, "ada"]);
  expect(JSON.parse(policy)).toEqual({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Action: "execute-api:Invoke", Resource: arn }],
  });
  expect(log).toContain("Using valid authorizer policy for principal: ada");
});

test.each([{ Authorization: "bad" }, {}])("%j is unauthorized", async (headers) => {
  expect(await ask(headers as Record<string, string>)).toMatchObject({ clientStatus: 401 });
});
