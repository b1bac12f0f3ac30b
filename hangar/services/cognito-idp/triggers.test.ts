// The functions of a pool: when they are called, what they are told, and what their answers do.

import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  ConfirmSignUpCommand,
  SignUpCommand,
  type InitiateAuthCommandOutput,
  type LambdaConfigType,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from "amazon-cognito-identity-js";
import { expect, test } from "vitest";
import { claimsOf, failure, PASSWORD, type App, suiteOf } from "./engine/test-app.ts";
import { functionsOf } from "./engine/test-triggers.ts";

const { cloud, apps } = await suiteOf("cognito.triggers", true);
const functions = await functionsOf(cloud);

function signUp(
  { ClientId }: App,
  Username: string,
  more: object = {},
): Promise<{ UserConfirmed?: boolean | undefined }> {
  const UserAttributes = [{ Name: "email", Value: `${Username}@example.com` }];
  return apps.cognito.send(new SignUpCommand({ ClientId, Username, Password: PASSWORD, UserAttributes, ...more }));
}

function pool(LambdaConfig: LambdaConfigType): Promise<App> {
  return apps.empty({ pool: { LambdaConfig, AutoVerifiedAttributes: ["email"] } });
}

test("a sign-up and a sign-in call their functions in order, with AWS's payloads", async () => {
  const arn = await functions.make(
    "observer",
    'if (event.triggerSource === "CustomMessage_SignUp") event.response.emailMessage = "Welcome, " + event.request.codeParameter',
  );
  const to = await pool({
    PreSignUp: arn,
    CustomMessage: arn,
    PostConfirmation: arn,
    PreAuthentication: arn,
    PostAuthentication: arn,
    PreTokenGeneration: arn,
  });
  const ClientMetadata = { from: "test" };
  await signUp(to, "bea", { ValidationData: [{ Name: "captcha", Value: "ok" }], ClientMetadata });
  const ConfirmationCode = apps.codeTo(to, "bea@example.com");
  const confirm = { ClientId: to.ClientId, Username: "bea", ConfirmationCode };
  await apps.cognito.send(new ConfirmSignUpCommand(confirm));
  await apps.tokens(to, "bea");
  const events = await functions.told("observer");
  expect(events.map(({ triggerSource }) => triggerSource)).toEqual([
    "PreSignUp_SignUp",
    "CustomMessage_SignUp",
    "PostConfirmation_ConfirmSignUp",
    "PreAuthentication_Authentication",
    "PostAuthentication_Authentication",
    "TokenGeneration_Authentication",
  ]);
  const sub = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
  expect(events[0]).toEqual({
    version: "1",
    region: "us-east-1",
    userPoolId: to.UserPoolId,
    userName: "bea",
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: to.ClientId },
    triggerSource: "PreSignUp_SignUp",
    request: {
      userAttributes: { email: "bea@example.com" },
      validationData: { captcha: "ok" },
      clientMetadata: ClientMetadata,
    },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  });
  const userAttributes = {
    sub,
    "cognito:user_status": "CONFIRMED",
    email: "bea@example.com",
    email_verified: "true",
  };
  expect(events[2]?.request).toEqual({ userAttributes });
  expect(events[4]?.request).toEqual({ userAttributes, newDeviceUsed: false });
  expect(events[5]?.request).toEqual({
    userAttributes,
    groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
  });
  const sent = cloud.trace.spans().find(({ name }) => name.endsWith("email:bea@example.com"));
  expect(sent?.attributes["message"]).toBe(`Welcome, ${ConfirmationCode}`);
});

test("PreSignUp confirms and refuses", async () => {
  const arn = await functions.make(
    "gate",
    'if (event.userName === "eve") throw new Error("not you"); Object.assign(event.response, { autoConfirmUser: true, autoVerifyEmail: true })',
  );
  const to = await pool({ PreSignUp: arn });
  expect(await signUp(to, "ann")).toMatchObject({ UserConfirmed: true });
  const { UserAttributes } = await apps.cognito.send(
    new AdminGetUserCommand({ UserPoolId: to.UserPoolId, Username: "ann" }),
  );
  expect(UserAttributes).toContainEqual({ Name: "email_verified", Value: "true" });
  await expect(signUp(to, "eve")).rejects.toEqual(
    failure("UserLambdaValidationException", "PreSignUp failed with error not you."),
  );
  await apps.cognito.send(
    new AdminCreateUserCommand({ UserPoolId: to.UserPoolId, Username: "bob", MessageAction: "SUPPRESS" }),
  );
  expect((await functions.told("gate")).at(-1)?.triggerSource).toBe("PreSignUp_AdminCreateUser");
});

test("a function that may not be called, or answers nothing of use, is told of", async () => {
  const closed = await pool({ PreSignUp: await functions.make("closed", "", false) });
  await expect(signUp(closed, "ann")).rejects.toEqual(
    failure("UnexpectedLambdaException", "PreSignUp invocation failed due to error AccessDeniedException."),
  );
  const silent = await pool({ PreSignUp: await functions.make("silent", "event = null") });
  await expect(signUp(silent, "ann")).rejects.toEqual(
    failure("InvalidLambdaResponseException", "Unrecognizable lambda output"),
  );
});

test("a function that takes longer than five seconds is asked three times, then given up", async () => {
  const to = await pool({
    PreSignUp: await functions.make("slow", "await new Promise(() => setTimeout(() => {}, 600_000))"),
  });
  const before = cloud.trace.spans().filter(({ name }) => name === "lambda:Invoke").length;
  cloud.clock.hold();
  const asked = (): number => cloud.trace.spans().filter(({ name }) => name === "lambda:Invoke").length - before;
  const refused = expect(signUp(to, "ann")).rejects.toEqual(
    failure(
      "UnexpectedLambdaException",
      "PreSignUp invocation failed due to error Socket timeout while invoking Lambda function.",
    ),
  );
  for (const tries of [1, 2, 3]) {
    await expect.poll(asked).toBe(tries);
    await cloud.clock.advance("5 seconds");
  }
  await refused;
  cloud.clock.release();
});

test("a custom sign-in asks what its functions ask, until they are content", async () => {
  const arn = await functions.make(
    "riddle",
    `const { request, response, triggerSource } = event;
     if (triggerSource.startsWith("Define")) {
       const last = request.session.at(-1);
       if (last?.challengeResult) response.issueTokens = true;
       else if (request.session.length === 2) response.failAuthentication = true;
       else response.challengeName = "CUSTOM_CHALLENGE";
     } else if (triggerSource.startsWith("Create")) {
       response.publicChallengeParameters = { question: "6 x 7" };
       response.privateChallengeParameters = { answer: "42" };
       response.challengeMetadata = "SUM";
     } else response.answerCorrect = request.challengeAnswer === request.privateChallengeParameters.answer`,
  );
  const to = await apps.make({
    pool: { LambdaConfig: { DefineAuthChallenge: arn, CreateAuthChallenge: arn, VerifyAuthChallengeResponse: arn } },
  });
  const begin = (): Promise<InitiateAuthCommandOutput> => apps.begin(to, { USERNAME: "ann" }, "CUSTOM_AUTH");
  const asked = await begin();
  expect(asked).toMatchObject({
    ChallengeName: "CUSTOM_CHALLENGE",
    ChallengeParameters: { USERNAME: "ann", question: "6 x 7" },
  });
  const again = await apps.answer(to, asked, { ANSWER: "41" });
  expect(again.ChallengeName).toBe("CUSTOM_CHALLENGE");
  expect((await apps.answer(to, again, { ANSWER: "42" })).AuthenticationResult).toHaveProperty("IdToken");
  const define = (await functions.told("riddle")).filter(({ triggerSource }) => triggerSource.startsWith("Define"));
  expect(define.at(-1)?.request["session"]).toEqual([
    { challengeName: "CUSTOM_CHALLENGE", challengeResult: false, challengeMetadata: "SUM" },
    { challengeName: "CUSTOM_CHALLENGE", challengeResult: true, challengeMetadata: "SUM" },
  ]);
  const one = await apps.answer(to, await begin(), { ANSWER: "1" });
  await expect(apps.answer(to, one, { ANSWER: "2" })).rejects.toEqual(
    failure("NotAuthorizedException", "Incorrect username or password."),
  );
});

test("UserMigration brings a user who signs in for the first time", async () => {
  const arn = await functions.make(
    "old-users",
    `if (event.request.password !== "${PASSWORD}") throw new Error("Bad password");
     event.response = { userAttributes: { email: "zoe@example.com", email_verified: "true" }, finalUserStatus: "CONFIRMED", messageAction: "SUPPRESS" }`,
  );
  const to = await pool({ UserMigration: arn });
  await expect(apps.tokens(to, "zoe", "wrong")).rejects.toEqual(
    failure("UserNotFoundException", `Exception migrating user in app client ${to.ClientId}`),
  );
  const { IdToken } = await apps.tokens(to, "zoe");
  expect(claimsOf(IdToken)).toMatchObject({ email: "zoe@example.com", email_verified: true });
  await apps.tokens(to, "zoe");
  expect((await functions.told("old-users")).map(({ triggerSource }) => triggerSource)).toEqual([
    "UserMigration_Authentication",
    "UserMigration_Authentication",
  ]);
});

test("a custom sign-in may ask for the password by SRP first, as amazon-cognito-identity-js does", async () => {
  const arn = await functions.make(
    "password-then-riddle",
    `const { request, response, triggerSource } = event;
     const rounds = request.session ?? [];
     if (triggerSource.startsWith("Define")) {
       if (rounds.length === 1) response.challengeName = "PASSWORD_VERIFIER";
       else if (rounds.length === 2) response.challengeName = "CUSTOM_CHALLENGE";
       else response.issueTokens = rounds.at(-1).challengeResult;
     } else if (triggerSource.startsWith("Create")) response.publicChallengeParameters = { question: "6 x 7" };
     else response.answerCorrect = request.challengeAnswer === "42"`,
  );
  const to = await apps.make({
    pool: { LambdaConfig: { DefineAuthChallenge: arn, CreateAuthChallenge: arn, VerifyAuthChallengeResponse: arn } },
  });
  const user = new CognitoUser({ Username: "ann", Pool: new CognitoUserPool({ ...to, endpoint: cloud.endpoint }) });
  user.setAuthenticationFlowType("CUSTOM_AUTH");
  const session = await new Promise<CognitoUserSession>((onSuccess, onFailure) => {
    const callbacks = { onSuccess, onFailure };
    user.authenticateUser(new AuthenticationDetails({ Username: "ann", Password: PASSWORD }), {
      ...callbacks,
      customChallenge: () => user.sendCustomChallengeAnswer("42", callbacks),
    });
  });
  expect(session.getIdToken().payload).toMatchObject({ "cognito:username": "ann" });
  const define = (await functions.told("password-then-riddle")).filter(({ triggerSource }) =>
    triggerSource.startsWith("Define"),
  );
  expect(define.at(-1)?.request["session"]).toMatchObject([
    { challengeName: "SRP_A", challengeResult: true },
    { challengeName: "PASSWORD_VERIFIER", challengeResult: true },
    { challengeName: "CUSTOM_CHALLENGE", challengeResult: true },
  ]);
});
