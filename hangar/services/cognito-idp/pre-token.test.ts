// PreTokenGeneration: what functions change in tokens, by the version of their event.

import {
  CreateResourceServerCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
  type PreTokenGenerationLambdaVersionType,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect, test } from "vitest";
import { claimsOf, type App, suiteOf } from "./engine/test-app.ts";
import { functionsOf } from "./engine/test-triggers.ts";
import { siteOf } from "./http/test-site.ts";

const { cloud, apps } = await suiteOf("cognito.pre-token", true);
const functions = await functionsOf(cloud);

function use({ UserPoolId }: App, LambdaArn: string, LambdaVersion: PreTokenGenerationLambdaVersionType) {
  const LambdaConfig = { PreTokenGenerationConfig: { LambdaVersion, LambdaArn } };
  return apps.cognito.send(new UpdateUserPoolCommand({ UserPoolId, LambdaConfig }));
}

test("PreTokenGeneration changes claims, groups, and in its second version scopes", async () => {
  const first = await functions.make(
    "claims-1",
    `event.response.claimsOverrideDetails = { claimsToAddOrOverride: { level: "5" }, claimsToSuppress: ["email"],
       groupOverrideDetails: { groupsToOverride: ["pilots"] } }`,
  );
  const to = await apps.make({ pool: { LambdaConfig: { PreTokenGeneration: first } } });
  const { IdToken, AccessToken } = await apps.tokens(to);
  expect(claimsOf(IdToken)).toMatchObject({ level: "5", "cognito:groups": ["pilots"] });
  expect(claimsOf(IdToken)).not.toHaveProperty("email");
  expect(claimsOf(AccessToken)).not.toHaveProperty("level");
  const LambdaArn = await functions.make(
    "claims-2",
    `event.response.claimsAndScopeOverrideDetails = {
       idTokenGeneration: { claimsToAddOrOverride: { tags: ["a", "b"] } },
       accessTokenGeneration: { claimsToAddOrOverride: { level: 5 }, scopesToAdd: ["api/read"] } }`,
  );
  await use(to, LambdaArn, "V2_0");
  const second = await apps.tokens(to);
  expect(claimsOf(second.IdToken)).toMatchObject({ tags: ["a", "b"] });
  expect(claimsOf(second.AccessToken)).toMatchObject({ level: 5, scope: "aws.cognito.signin.user.admin api/read" });
  expect((await functions.told("claims-2"))[0]).toMatchObject({
    version: "2",
    request: { scopes: ["aws.cognito.signin.user.admin"] },
  });
});

test("the third version is asked about tokens of clients too, which have no user", async () => {
  const arn = await functions.make(
    "claims-3",
    `event.response.claimsAndScopeOverrideDetails = { accessTokenGeneration: {
       claimsToAddOrOverride: { tenant: event.request.clientMetadata?.tenant ?? "none" },
       scopesToAdd: ["api/extra"], scopesToSuppress: ["api/read"] } }`,
  );
  const site = await siteOf(cloud, apps, { client: { GenerateSecret: true } });
  const { UserPoolId, ClientId, secret } = site;
  const Scopes = ["read", "write"].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName }));
  await apps.cognito.send(new CreateResourceServerCommand({ UserPoolId, Identifier: "api", Name: "API", Scopes }));
  await apps.cognito.send(
    new UpdateUserPoolClientCommand({
      UserPoolId,
      ClientId,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["client_credentials"],
      AllowedOAuthScopes: ["api/read", "api/write"],
    }),
  );
  const ask = async (more: Record<string, string> = {}) => {
    const form = { grant_type: "client_credentials", client_id: ClientId, client_secret: secret, ...more };
    return JSON.parse((await site.post("/oauth2/token", form)).text) as Record<string, string>;
  };
  await use(site, arn, "V2_0");
  expect(claimsOf((await ask())["access_token"])).toMatchObject({ scope: "api/read api/write" });
  await use(site, arn, "V3_0");
  expect(claimsOf((await ask({ aws_client_metadata: '{"tenant":"t1"}' }))["access_token"])).toMatchObject({
    sub: ClientId,
    tenant: "t1",
    scope: "api/write api/extra",
  });
  expect(await functions.told("claims-3")).toMatchObject([
    {
      version: "3",
      triggerSource: "TokenGeneration_ClientCredentials",
      request: { scopes: ["api/read", "api/write"], clientMetadata: { tenant: "t1" } },
    },
  ]);
  expect(await ask({ aws_client_metadata: "no JSON" })).toEqual({ error: "invalid_request" });
});
