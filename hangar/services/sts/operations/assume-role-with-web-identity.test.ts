// Roles for bearers of tokens: a user pool as an OpenID Connect provider of the account.

import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { IAM } from "@aws-sdk/client-iam";
import { STS } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let iam: IAM;
let sts: STS;
let issuer: string;
let client: string;
let token: string;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "sts.web" });
  cloud.clock.hold();
  const config = { ...cloud.clientConfig(), maxAttempts: 1 };
  iam = new IAM(config);
  sts = new STS({ ...config, signer: { sign: async (request: never) => request } });
  const users = new CognitoIdentityProviderClient(config);
  const { UserPool: { Id: UserPoolId = "" } = {} } = await users.send(
    new CreateUserPoolCommand({ PoolName: "people" }),
  );
  const { UserPoolClient: { ClientId = "" } = {} } = await users.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: "web",
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    }),
  );
  const user = { UserPoolId, Username: "ann" };
  await users.send(new AdminCreateUserCommand({ ...user, MessageAction: "SUPPRESS" }));
  await users.send(new AdminSetUserPasswordCommand({ ...user, Password: "Passw0rd!", Permanent: true }));
  const AuthParameters = { USERNAME: "ann", PASSWORD: "Passw0rd!" };
  const { AuthenticationResult } = await users.send(
    new InitiateAuthCommand({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters }),
  );
  [issuer, client] = [`cognito-idp.us-east-1.amazonaws.com/${UserPoolId}`, ClientId];
  token = AuthenticationResult?.IdToken ?? "";
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function assume(RoleName: string, Condition: object, WebIdentityToken = token) {
  const Federated = `arn:aws:iam::000000000000:oidc-provider/${issuer}`;
  const Statement = { Effect: "Allow", Principal: { Federated }, Action: "sts:AssumeRoleWithWebIdentity", Condition };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  const { Role } = await iam.createRole({ RoleName, AssumeRolePolicyDocument });
  return sts.assumeRoleWithWebIdentity({ RoleArn: Role?.Arn, RoleSessionName: "ann", WebIdentityToken });
}

test("a token opens the roles that trust its provider, for their audience and subject", async () => {
  await expect(assume("early", {})).rejects.toMatchObject({
    name: "InvalidIdentityTokenException",
    message: `No OpenIDConnect provider found in your account for https://${issuer}`,
  });
  await iam.createOpenIDConnectProvider({ Url: `https://${issuer}`, ClientIDList: ["another"] });
  await expect(assume("wrong", {})).rejects.toMatchObject({ message: "Incorrect token audience" });
  const OpenIDConnectProviderArn = `arn:aws:iam::000000000000:oidc-provider/${issuer}`;
  await iam.addClientIDToOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID: client });

  const answer = await assume("web", { StringEquals: { [`${issuer}:aud`]: client } });
  expect(answer).toMatchObject({ Audience: client, Provider: OpenIDConnectProviderArn });
  expect(answer.AssumedRoleUser?.Arn).toBe("arn:aws:sts::000000000000:assumed-role/web/ann");
  await expect(assume("other", { StringEquals: { [`${issuer}:sub`]: "bob" } })).rejects.toMatchObject({
    name: "AccessDenied",
    message: "Not authorized to perform sts:AssumeRoleWithWebIdentity",
  });
});

test("what is no token of the provider opens nothing", async () => {
  await expect(assume("text", {}, "not.a.token")).rejects.toMatchObject({ name: "InvalidIdentityTokenException" });
  await expect(assume("forged", {}, `${token.slice(0, -8)}AAAAAAAA`)).rejects.toMatchObject({
    name: "InvalidIdentityTokenException",
  });
  await cloud.clock.advance("61 minutes");
  await expect(assume("late", {})).rejects.toMatchObject({ name: "ExpiredTokenException" });
});
