// Ways to sign in with a password, sent or only proved, through Cognito's own clients.

import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AdminDisableUserCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserPasswordCommand,
  ChangePasswordCommand,
  CreateGroupCommand,
  AdminAddUserToGroupCommand,
  GetUserCommand,
  RespondToAuthChallengeCommand,
  type RespondToAuthChallengeCommandOutput,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from "amazon-cognito-identity-js";
import { beforeEach, describe, expect, test } from "vitest";
import { claimsOf, failure, PASSWORD, type App, suiteOf } from "./engine/test-app.ts";

const { cloud, apps } = await suiteOf("cognito.sign-in", true);

beforeEach(() => cloud.clock.hold());

describe("a password", () => {
  test("brings tokens that say what AWS's say", async () => {
    const to = await apps.make();
    await apps.cognito.send(new CreateGroupCommand({ UserPoolId: to.UserPoolId, GroupName: "pilots" }));
    await apps.cognito.send(
      new AdminAddUserToGroupCommand({ UserPoolId: to.UserPoolId, GroupName: "pilots", Username: "ann" }),
    );
    const { AccessToken, IdToken, RefreshToken, ExpiresIn, TokenType } = await apps.tokens(to);
    expect({ ExpiresIn, TokenType }).toEqual({ ExpiresIn: 3600, TokenType: "Bearer" });
    const now = Math.floor(cloud.clock.now() / 1000);
    const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
    const shared = {
      sub: uuid,
      iss: `https://cognito-idp.us-east-1.amazonaws.com/${to.UserPoolId}`,
      "cognito:groups": ["pilots"],
      origin_jti: uuid,
      jti: uuid,
      event_id: uuid,
      auth_time: now,
      iat: now,
      exp: now + 3600,
    };
    expect(claimsOf(IdToken)).toEqual({
      ...shared,
      aud: to.ClientId,
      token_use: "id",
      "cognito:username": "ann",
      email: "ann@example.com",
      email_verified: true,
      phone_number: "+15555550100",
      phone_number_verified: false,
    });
    expect(claimsOf(AccessToken)).toEqual({
      ...shared,
      client_id: to.ClientId,
      token_use: "access",
      username: "ann",
      scope: "aws.cognito.signin.user.admin",
    });
    expect(RefreshToken?.split(".")).toHaveLength(5);
    expect(await apps.cognito.send(new GetUserCommand({ AccessToken }))).toMatchObject({ Username: "ann" });
  });

  test("that is wrong, a user who is unknown or disabled, and a flow that is not allowed are refused", async () => {
    const to = await apps.make();
    await expect(apps.tokens(to, "ann", "wrong")).rejects.toEqual(
      failure("NotAuthorizedException", "Incorrect username or password."),
    );
    await expect(apps.tokens(to, "bob")).rejects.toEqual(failure("UserNotFoundException", "User does not exist."));
    const silent = await apps.make({ client: { PreventUserExistenceErrors: "ENABLED" } });
    await expect(apps.tokens(silent, "bob")).rejects.toEqual(
      failure("NotAuthorizedException", "Incorrect username or password."),
    );
    const strict = await apps.make({
      client: { ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] },
    });
    await expect(apps.tokens(strict)).rejects.toEqual(
      failure("InvalidParameterException", "USER_PASSWORD_AUTH flow not enabled for this client"),
    );
    await expect(apps.begin(to, { USERNAME: "ann" })).rejects.toEqual(
      failure("InvalidParameterException", "Missing required parameter PASSWORD"),
    );
    await apps.cognito.send(new AdminDisableUserCommand({ UserPoolId: to.UserPoolId, Username: "ann" }));
    await expect(apps.tokens(to)).rejects.toEqual(failure("NotAuthorizedException", "User is disabled."));
  });

  test("that is wrong five times keeps even the right one out for a while", async () => {
    const to = await apps.make();
    for (let tries = 0; tries < 5; tries += 1)
      await expect(apps.tokens(to, "ann", "wrong")).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await expect(apps.tokens(to)).rejects.toEqual(failure("NotAuthorizedException", "Password attempts exceeded"));
    await cloud.clock.advance("1 second");
    expect(await apps.tokens(to)).toHaveProperty("AccessToken");
  });

  test("that is temporary must be changed, and ends with its time", async () => {
    const to = await apps.make();
    const user = { UserPoolId: to.UserPoolId, Username: "ann" };
    await apps.cognito.send(new AdminSetUserPasswordCommand({ ...user, Password: "Tempor4ry!" }));
    const asked = await apps.begin(to, { USERNAME: "ann", PASSWORD: "Tempor4ry!" });
    expect(asked).toMatchObject({
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      ChallengeParameters: { USER_ID_FOR_SRP: "ann", requiredAttributes: "[]" },
    });
    const answer = (NEW_PASSWORD: string): Promise<RespondToAuthChallengeCommandOutput> =>
      apps.cognito.send(
        new RespondToAuthChallengeCommand({
          ClientId: to.ClientId,
          ChallengeName: "NEW_PASSWORD_REQUIRED",
          Session: asked.Session,
          ChallengeResponses: { USERNAME: "ann", NEW_PASSWORD },
        }),
      );
    await expect(answer("short")).rejects.toMatchObject({ name: "InvalidPasswordException" });
    expect((await answer("An0ther!!")).AuthenticationResult).toHaveProperty("AccessToken");
    await expect(answer("An0ther!!")).rejects.toEqual(
      failure("NotAuthorizedException", "Invalid session for the user, session can only be used once."),
    );
    await apps.cognito.send(new AdminSetUserPasswordCommand({ ...user, Password: "Tempor4ry!" }));
    await cloud.clock.advance("8 days");
    await expect(apps.tokens(to, "ann", "Tempor4ry!")).rejects.toEqual(
      failure("NotAuthorizedException", "Temporary password has expired and must be reset by an administrator."),
    );
  });

  test("is taken from a server by an administrator's call", async () => {
    const to = await apps.make();
    const place = { UserPoolId: to.UserPoolId, ClientId: to.ClientId };
    const AuthParameters = { USERNAME: "ann", PASSWORD };
    const { AuthenticationResult } = await apps.cognito.send(
      new AdminInitiateAuthCommand({ ...place, AuthFlow: "ADMIN_USER_PASSWORD_AUTH", AuthParameters }),
    );
    expect(AuthenticationResult).toHaveProperty("IdToken");
    await expect(apps.begin(to, AuthParameters, "ADMIN_USER_PASSWORD_AUTH")).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
    await apps.cognito.send(
      new AdminSetUserPasswordCommand({ UserPoolId: to.UserPoolId, Username: "ann", Password: "Tempor4ry!" }),
    );
    const { Session } = await apps.cognito.send(
      new AdminInitiateAuthCommand({
        ...place,
        AuthFlow: "ADMIN_NO_SRP_AUTH",
        AuthParameters: { USERNAME: "ann", PASSWORD: "Tempor4ry!" },
      }),
    );
    const answer = await apps.cognito.send(
      new AdminRespondToAuthChallengeCommand({
        ...place,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session,
        ChallengeResponses: { USERNAME: "ann", NEW_PASSWORD: "An0ther!!" },
      }),
    );
    expect(answer.AuthenticationResult).toHaveProperty("IdToken");
  });

  test("needs the client's secret where it has one", async () => {
    const to = await apps.make({ client: { GenerateSecret: true } });
    const hash = createHmac("sha256", to.secret).update(`ann${to.ClientId}`).digest("base64");
    const given = { USERNAME: "ann", PASSWORD };
    await expect(apps.begin(to, given)).rejects.toEqual(
      failure(
        "NotAuthorizedException",
        `Client ${to.ClientId} is configured with secret but SECRET_HASH was not received`,
      ),
    );
    await expect(apps.begin(to, { ...given, SECRET_HASH: "bm9uZQ==" })).rejects.toMatchObject({
      name: "NotAuthorizedException",
    });
    expect((await apps.begin(to, { ...given, SECRET_HASH: hash })).AuthenticationResult).toHaveProperty("AccessToken");
  });

  test("is nowhere in the trace or the tables", async () => {
    const to = await apps.make();
    const { AccessToken } = await apps.tokens(to);
    const change = { AccessToken, PreviousPassword: PASSWORD, ProposedPassword: "An0ther!!" };
    await apps.cognito.send(new ChangePasswordCommand(change));
    const told = JSON.stringify(cloud.trace.spans());
    for (const secret of [PASSWORD, "An0ther!!", AccessToken ?? ""]) expect(told).not.toContain(secret);
    const folder = await mkdtemp(join(tmpdir(), "cognito-"));
    await cloud.snapshot(join(folder, "kept"));
    const rows = await readdir(join(folder, "kept"), { recursive: true, withFileTypes: true });
    const files = rows.filter((row) => row.isFile()).map((row) => readFileSync(join(row.parentPath, row.name), "utf8"));
    expect(files.join()).toContain("verifier");
    for (const secret of [PASSWORD, "An0ther!!"]) expect(files.join()).not.toContain(secret);
    await rm(folder, { recursive: true });
  });
});

describe("SRP", () => {
  function throughAmplify(to: App, Password: string): Promise<CognitoUserSession> {
    const Pool = new CognitoUserPool({ ...to, endpoint: cloud.endpoint });
    const user = new CognitoUser({ Username: "ann", Pool });
    return new Promise((resolve, reject) => {
      user.authenticateUser(new AuthenticationDetails({ Username: "ann", Password }), {
        onSuccess: resolve,
        onFailure: reject,
      });
    });
  }

  test("is what amazon-cognito-identity-js speaks", async () => {
    cloud.clock.release();
    const to = await apps.make();
    const session = await throughAmplify(to, PASSWORD);
    expect(session.getIdToken().payload).toMatchObject({ "cognito:username": "ann", aud: to.ClientId });
    await expect(throughAmplify(to, "Passw0rd?")).rejects.toMatchObject({
      name: "NotAuthorizedException",
      message: "Incorrect username or password.",
    });
  });

  test("looks the same for a user who is not there, where the client does not tell", async () => {
    const to = await apps.make({ client: { PreventUserExistenceErrors: "ENABLED" } });
    const SRP_A = "ab".repeat(384);
    const unknown = await apps.begin(to, { USERNAME: "bob", SRP_A }, "USER_SRP_AUTH");
    const again = await apps.begin(to, { USERNAME: "bob", SRP_A }, "USER_SRP_AUTH");
    expect(unknown.ChallengeName).toBe("PASSWORD_VERIFIER");
    expect(unknown.ChallengeParameters?.["SALT"]).toBe(again.ChallengeParameters?.["SALT"]);
    await expect(apps.begin(to, { USERNAME: "ann", SRP_A: "0" }, "USER_SRP_AUTH")).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
  });
});
