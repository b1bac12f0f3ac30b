// AWS::Cognito::UserPoolIdentityProvider, deployed by CloudFormation beside a client that uses it.

import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ref, stacksOf, type Resources, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let at: Stacks;
let cognito: CognitoIdentityProvider;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "cognito.provider-type" });
  at = stacksOf(cloud, {});
  cognito = new CognitoIdentityProvider({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

test("a provider is made before the client that names it, changes in place, and goes with its stack", async () => {
  const resources = (more: object): Resources => ({
    Pool: { Type: "AWS::Cognito::UserPool", Properties: {} },
    Google: {
      Type: "AWS::Cognito::UserPoolIdentityProvider",
      Properties: {
        UserPoolId: ref("Pool"),
        ProviderName: "Google",
        ProviderType: "Google",
        ProviderDetails: { client_id: "app", client_secret: "secret", authorize_scopes: "email" },
        ...more,
      },
    },
    Client: {
      Type: "AWS::Cognito::UserPoolClient",
      Properties: { UserPoolId: ref("Pool"), SupportedIdentityProviders: [ref("Google")] },
    },
  });
  const outputs = { Pool: ref("Pool"), Google: ref("Google") };
  const mapping = { AttributeMapping: { email: "email" } };
  const { Pool: UserPoolId = "", Google = "" } = await at.deploy("providers", resources(mapping), outputs);
  expect(Google).toBe("Google");
  const mapped = async () =>
    (await cognito.describeIdentityProvider({ UserPoolId, ProviderName: Google })).IdentityProvider?.AttributeMapping;
  expect(await mapped()).toEqual({ username: "sub", email: "email" });
  await at.deploy("providers", resources({}), outputs);
  expect(await mapped()).toEqual({ username: "sub" });
});
