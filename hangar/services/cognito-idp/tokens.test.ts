// The tokens at the end of a sign-in: what they are worth, to whom, and how long.

import {
  ForgotPasswordCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  RevokeTokenCommand,
  type AuthenticationResultType,
  type InitiateAuthCommandOutput,
} from "@aws-sdk/client-cognito-identity-provider";
import { CognitoJwtVerifier } from "aws-jwt-verify";
import { beforeEach, describe, expect, test } from "vitest";
import { ask } from "../../gateway/test-cloud.ts";
import { claimsOf, failure, suiteOf } from "./engine/test-app.ts";

const { cloud, apps } = await suiteOf("cognito.tokens", true);

beforeEach(() => cloud.clock.hold());

describe("tokens", () => {
  test("are what aws-jwt-verify takes, by the keys at AWS's address", async () => {
    cloud.clock.release();
    const to = await apps.make();
    const { AccessToken = "", IdToken = "" } = await apps.tokens(to);
    const keys = await fetch(`${cloud.endpoint}/${to.UserPoolId}/.well-known/jwks.json`);
    const verifier = CognitoJwtVerifier.create({ userPoolId: to.UserPoolId, clientId: to.ClientId, tokenUse: "id" });
    verifier.cacheJwks((await keys.json()) as never);
    expect(await verifier.verify(IdToken)).toMatchObject({ email: "ann@example.com" });
    expect(await verifier.verify(AccessToken, { tokenUse: "access" })).toMatchObject({ username: "ann" });
    await expect(verifier.verify(`${IdToken.slice(0, -8)}AAAAAAAA`)).rejects.toThrow("Invalid signature");
    const discovery = await fetch(`${cloud.endpoint}/${to.UserPoolId}/.well-known/openid-configuration`);
    expect(await discovery.json()).toMatchObject({
      issuer: `https://cognito-idp.us-east-1.amazonaws.com/${to.UserPoolId}`,
      jwks_uri: `${cloud.endpoint}/${to.UserPoolId}/.well-known/jwks.json`,
    });
    const named = await ask(cloud, "GET", `/${to.UserPoolId}/.well-known/jwks.json`, {
      headers: { host: `cognito-idp.us-east-1.localhost:${cloud.port}` },
    });
    expect((JSON.parse(named.text) as { keys: unknown[] }).keys).toHaveLength(2);
    expect((await fetch(`${cloud.endpoint}/us-east-1_nobody/.well-known/jwks.json`)).status).toBe(404);
  });

  test("are refreshed until the refresh token is over", async () => {
    const to = await apps.make({
      client: {
        RefreshTokenValidity: 2,
        AccessTokenValidity: 10,
        TokenValidityUnits: { RefreshToken: "hours", AccessToken: "minutes" },
      },
    });
    const first = await apps.tokens(to);
    await cloud.clock.advance("11 minutes");
    await expect(apps.cognito.send(new GetUserCommand({ AccessToken: first.AccessToken }))).rejects.toEqual(
      failure("NotAuthorizedException", "Access Token has expired"),
    );
    const refresh = (): Promise<InitiateAuthCommandOutput> =>
      apps.begin(to, { REFRESH_TOKEN: first.RefreshToken ?? "" }, "REFRESH_TOKEN_AUTH");
    const { AuthenticationResult: second } = await refresh();
    expect(second).not.toHaveProperty("RefreshToken");
    expect(claimsOf(second?.AccessToken)["origin_jti"]).toBe(claimsOf(first.AccessToken)["origin_jti"]);
    expect(claimsOf(second?.AccessToken)["auth_time"]).toBe(claimsOf(first.AccessToken)["auth_time"]);
    await apps.cognito.send(new GetUserCommand({ AccessToken: second?.AccessToken }));
    await cloud.clock.advance("2 hours");
    await expect(refresh()).rejects.toEqual(failure("NotAuthorizedException", "Refresh Token has expired"));
    await expect(apps.begin(to, { REFRESH_TOKEN: "none" }, "REFRESH_TOKEN_AUTH")).rejects.toEqual(
      failure("NotAuthorizedException", "Invalid Refresh Token"),
    );
  });

  test("are rotated where the client wants it, each refresh token good once and a grace longer", async () => {
    const to = await apps.make({
      client: {
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
        RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 10 },
      },
    });
    const { RefreshToken: first = "" } = await apps.tokens(to);
    const next = async (RefreshToken: string): Promise<AuthenticationResultType> => {
      const command = new GetTokensFromRefreshTokenCommand({ ClientId: to.ClientId, RefreshToken });
      return (await apps.cognito.send(command)).AuthenticationResult ?? {};
    };
    const { RefreshToken: second = "" } = await next(first);
    expect(second).not.toBe(first);
    await next(first);
    await cloud.clock.advance("11 seconds");
    await expect(next(first)).rejects.toMatchObject({ name: "RefreshTokenReuseException" });
    expect(await next(second)).toHaveProperty("AccessToken");
  });

  test("are worth nothing to Cognito once they are revoked", async () => {
    const to = await apps.make();
    const one = await apps.tokens(to);
    const other = await apps.tokens(to);
    await apps.cognito.send(new RevokeTokenCommand({ ClientId: to.ClientId, Token: one.RefreshToken }));
    const user = (tokens: AuthenticationResultType): Promise<unknown> =>
      apps.cognito.send(new GetUserCommand({ AccessToken: tokens.AccessToken }));
    await expect(user(one)).rejects.toEqual(failure("NotAuthorizedException", "Access Token has been revoked"));
    await expect(apps.begin(to, { REFRESH_TOKEN: one.RefreshToken ?? "" }, "REFRESH_TOKEN_AUTH")).rejects.toEqual(
      failure("NotAuthorizedException", "Refresh Token has been revoked"),
    );
    await expect(
      apps.cognito.send(new RevokeTokenCommand({ ClientId: to.ClientId, Token: other.AccessToken })),
    ).rejects.toMatchObject({ name: "UnsupportedTokenTypeException" });
    await user(other);
    await apps.cognito.send(new GlobalSignOutCommand({ AccessToken: other.AccessToken }));
    await expect(user(other)).rejects.toMatchObject({ message: "Access Token has been revoked" });
    const third = await apps.tokens(to);
    await apps.cognito.send(new AdminUserGlobalSignOutCommand({ UserPoolId: to.UserPoolId, Username: "ann" }));
    await expect(user(third)).rejects.toMatchObject({ message: "Access Token has been revoked" });
    await expect(apps.cognito.send(new GetUserCommand({ AccessToken: "a.b.c" }))).rejects.toEqual(
      failure("NotAuthorizedException", "Invalid Access Token"),
    );
  });

  test("a fork takes what was signed before it", async () => {
    const to = await apps.make();
    const { AccessToken } = await apps.tokens(to);
    const fork = cloud.fork();
    const client = new CognitoIdentityProviderClient({ ...fork.clientConfig(), maxAttempts: 1 });
    expect(await client.send(new GetUserCommand({ AccessToken }))).toMatchObject({ Username: "ann" });
    fork.dispose();
  });
});

test("pages of other origins may make unsigned calls", async () => {
  const headers = { origin: "http://app.example", "access-control-request-headers": "content-type,x-amz-target" };
  const preflight = await fetch(cloud.endpoint, { method: "OPTIONS", headers });
  expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
  const call = await fetch(cloud.endpoint, {
    method: "POST",
    headers: {
      origin: "http://app.example",
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWSCognitoIdentityProviderService.GetUser",
    },
    body: JSON.stringify({ AccessToken: "none" }),
  });
  expect([call.status, call.headers.get("access-control-allow-origin")]).toEqual([400, "*"]);
});

test("codes can be read over HTTP", async () => {
  const to = await apps.make({ pool: { AutoVerifiedAttributes: ["email"] } });
  await apps.cognito.send(new ForgotPasswordCommand({ ClientId: to.ClientId, Username: "ann" }));
  const answer = await fetch(`${cloud.endpoint}/_hangar/cognito-idp/messages?userPoolId=${to.UserPoolId}`);
  const code = apps.codeTo(to, "ann@example.com");
  expect(await answer.json()).toEqual({
    messages: [
      {
        at: expect.any(Number) as number,
        medium: "email",
        destination: "ann@example.com",
        userPoolId: to.UserPoolId,
        username: "ann",
        kind: "ForgotPassword",
        subject: "Your verification code",
        message: `Your confirmation code is ${code}`,
        code,
      },
    ],
  });
});
