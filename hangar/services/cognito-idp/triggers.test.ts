// The functions of a pool: when they are called, what they are told, and what their answers do.

import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  ConfirmSignUpCommand,
  SignUpCommand,
  UpdateUserPoolCommand,
  type InitiateAuthCommandOutput,
  type LambdaConfigType,
} from "@aws-sdk/client-cognito-identity-provider";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from "amazon-cognito-identity-js";
import { zipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { appsOf, claimsOf, failure, PASSWORD, type App, type Apps } from "./engine/test-app.ts";

let cloud: RunningCloud;
let apps: Apps;
let lambda: LambdaClient;
let role: string;

const document = (Statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement });

beforeAll(async () => {
  cloud = await startCloud({ seed: "cognito.triggers" });
  apps = appsOf(cloud);
  lambda = new LambdaClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const iam = new IAMClient(cloud.clientConfig());
  const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
  const made = new CreateRoleCommand({ RoleName: "functions", AssumeRolePolicyDocument: document(trust) });
  role = (await iam.send(made)).Role?.Arn ?? "";
  const PolicyDocument = document({ Effect: "Allow", Action: "logs:*", Resource: "*" });
  await iam.send(new PutRolePolicyCommand({ RoleName: "functions", PolicyName: "logs", PolicyDocument }));
}, 60_000);

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

/** A function that tells what it was told, and does what `body` says with `event`. */
async function functionOf(FunctionName: string, body: string, allowed = true): Promise<string> {
  const code = `exports.handler = async (event) => { console.log("told " + JSON.stringify(event)); ${body}; return event; };`;
  const { FunctionArn = "" } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: "nodejs24.x",
      Handler: "index.handler",
      Role: role,
      Code: { ZipFile: zipSync({ "index.js": Buffer.from(code) }) },
    }),
  );
  const permission = { Action: "lambda:InvokeFunction", Principal: "cognito-idp.amazonaws.com", StatementId: "pool" };
  if (allowed) await lambda.send(new AddPermissionCommand({ FunctionName, ...permission }));
  return FunctionArn;
}

type Told = { readonly triggerSource: string; readonly request: Record<string, unknown> };

async function told(name: string): Promise<Told[]> {
  await cloud.settle();
  const logs = new CloudWatchLogsClient(cloud.clientConfig());
  const found = await logs.send(
    new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${name}`, filterPattern: "told" }),
  );
  return (found.events ?? []).map(({ message = "" }) => JSON.parse(message.slice(message.indexOf("{"))) as Told);
}

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
  const arn = await functionOf(
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
  const events = await told("observer");
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
  const arn = await functionOf(
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
  expect((await told("gate")).at(-1)?.triggerSource).toBe("PreSignUp_AdminCreateUser");
});

test("a function that may not be called, or answers nothing of use, is told of", async () => {
  const closed = await pool({ PreSignUp: await functionOf("closed", "", false) });
  await expect(signUp(closed, "ann")).rejects.toEqual(
    failure("UnexpectedLambdaException", "PreSignUp invocation failed due to error AccessDeniedException."),
  );
  const silent = await pool({ PreSignUp: await functionOf("silent", "event = null") });
  await expect(signUp(silent, "ann")).rejects.toEqual(
    failure("InvalidLambdaResponseException", "Unrecognizable lambda output"),
  );
});

test("PreTokenGeneration changes claims, groups, and in its second version scopes", async () => {
  const first = await functionOf(
    "claims-1",
    `event.response.claimsOverrideDetails = { claimsToAddOrOverride: { level: "5" }, claimsToSuppress: ["email"],
       groupOverrideDetails: { groupsToOverride: ["pilots"] } }`,
  );
  const to = await apps.make({ pool: { LambdaConfig: { PreTokenGeneration: first } } });
  const { IdToken, AccessToken } = await apps.tokens(to);
  expect(claimsOf(IdToken)).toMatchObject({ level: "5", "cognito:groups": ["pilots"] });
  expect(claimsOf(IdToken)).not.toHaveProperty("email");
  expect(claimsOf(AccessToken)).not.toHaveProperty("level");
  const LambdaArn = await functionOf(
    "claims-2",
    `event.response.claimsAndScopeOverrideDetails = {
       idTokenGeneration: { claimsToAddOrOverride: { tags: ["a", "b"] } },
       accessTokenGeneration: { claimsToAddOrOverride: { level: 5 }, scopesToAdd: ["api/read"] } }`,
  );
  const LambdaConfig = { PreTokenGenerationConfig: { LambdaVersion: "V2_0" as const, LambdaArn } };
  await apps.cognito.send(new UpdateUserPoolCommand({ UserPoolId: to.UserPoolId, LambdaConfig }));
  const second = await apps.tokens(to);
  expect(claimsOf(second.IdToken)).toMatchObject({ tags: ["a", "b"] });
  expect(claimsOf(second.AccessToken)).toMatchObject({ level: 5, scope: "aws.cognito.signin.user.admin api/read" });
  expect((await told("claims-2"))[0]).toMatchObject({
    version: "2",
    request: { scopes: ["aws.cognito.signin.user.admin"] },
  });
});

test("a custom sign-in asks what its functions ask, until they are content", async () => {
  const arn = await functionOf(
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
  const define = (await told("riddle")).filter(({ triggerSource }) => triggerSource.startsWith("Define"));
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
  const arn = await functionOf(
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
  expect((await told("old-users")).map(({ triggerSource }) => triggerSource)).toEqual([
    "UserMigration_Authentication",
    "UserMigration_Authentication",
  ]);
});

test("a custom sign-in may ask for the password by SRP first, as amazon-cognito-identity-js does", async () => {
  const arn = await functionOf(
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
  const define = (await told("password-then-riddle")).filter(({ triggerSource }) => triggerSource.startsWith("Define"));
  expect(define.at(-1)?.request["session"]).toMatchObject([
    { challengeName: "SRP_A", challengeResult: true },
    { challengeName: "PASSWORD_VERIFIER", challengeResult: true },
    { challengeName: "CUSTOM_CHALLENGE", challengeResult: true },
  ]);
});
