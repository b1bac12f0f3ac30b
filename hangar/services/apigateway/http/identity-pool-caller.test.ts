// What an API knows of a caller whose credentials an identity pool gave.

import { CognitoIdentity } from "@aws-sdk/client-cognito-identity";
import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addRoutes, deploy, makeApi, signedCall, startApiCloud, type ApiCloud, type Keys } from "./test-api.ts";

let at: ApiCloud;

beforeAll(async () => {
  at = await startApiCloud("apigw.identity-pool");
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

/** A guest of a new pool. */
async function guest(): Promise<{ keys: Keys; identity: string; pool: string }> {
  const cognito = new CognitoIdentity({ ...at.cloud.clientConfig(), maxAttempts: 1 });
  const Principal = { Federated: "cognito-identity.amazonaws.com" };
  const trust = { Statement: { Effect: "Allow", Principal, Action: "sts:AssumeRoleWithWebIdentity" } };
  const { Role } = await at.iam.send(
    new CreateRoleCommand({ RoleName: "guests", AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  const allowed = { Statement: { Effect: "Allow", Action: "execute-api:Invoke", Resource: "*" } };
  await at.iam.send(
    new PutRolePolicyCommand({ RoleName: "guests", PolicyName: "api", PolicyDocument: JSON.stringify(allowed) }),
  );
  const { IdentityPoolId = "" } = await cognito.createIdentityPool({
    IdentityPoolName: "people",
    AllowUnauthenticatedIdentities: true,
  });
  await cognito.setIdentityPoolRoles({ IdentityPoolId, Roles: { unauthenticated: Role?.Arn ?? "" } });
  const { IdentityId = "" } = await cognito.getId({ IdentityPoolId });
  const { Credentials: given } = await cognito.getCredentialsForIdentity({ IdentityId });
  const { AccessKeyId = "", SecretKey = "", SessionToken = "" } = given ?? {};
  const keys = { accessKeyId: AccessKeyId, secretAccessKey: SecretKey, sessionToken: SessionToken };
  return { keys, identity: IdentityId, pool: IdentityPoolId };
}

test("the identity and its pool are in $context.identity", async () => {
  const id = await makeApi(at);
  const named = ["cognitoIdentityId", "cognitoIdentityPoolId", "cognitoAuthenticationType"];
  const template = named.map((name) => `$context.identity.${name}`).join(" ");
  await addRoutes(at, id, {
    "GET /me": {
      method: { authorizationType: "AWS_IAM" },
      integration: { type: "MOCK", requestTemplates: { "application/json": '{"statusCode": 200}' } },
      responses: { 200: { responseTemplates: { "application/json": template } } },
    },
  });
  await deploy(at, id);
  const { keys, identity, pool } = await guest();
  const { status, text } = await signedCall(at, keys, { id, path: "/live/me" });
  expect([status, text]).toEqual([200, `${identity} ${pool} unauthenticated`]);
});
