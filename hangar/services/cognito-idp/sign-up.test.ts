// Users who sign up, recover, and look after themselves, through Cognito's own client.

import {
  AdminGetUserCommand,
  ChangePasswordCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  DeleteUserAttributesCommand,
  DeleteUserCommand,
  ForgotPasswordCommand,
  GetUserAttributeVerificationCodeCommand,
  GetUserCommand,
  ResendConfirmationCodeCommand,
  InitiateAuthCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
  type SignUpCommandInput,
  type SignUpCommandOutput,
} from "@aws-sdk/client-cognito-identity-provider";
import { beforeEach, describe, expect, test } from "vitest";
import { failure, PASSWORD, type App, suiteOf } from "./engine/test-app.ts";

const { cloud, apps } = await suiteOf("cognito.sign-up");

beforeEach(() => cloud.clock.hold());

const Password = PASSWORD;
const MAILED = { pool: { AutoVerifiedAttributes: ["email" as const] } };

function signUp(
  { ClientId }: App,
  Username = "ann",
  more: Partial<SignUpCommandInput> = {},
): Promise<SignUpCommandOutput> {
  const UserAttributes = [
    { Name: "email", Value: "ann@example.com" },
    { Name: "phone_number", Value: "+15555550100" },
  ];
  return apps.cognito.send(new SignUpCommand({ ClientId, Username, Password, UserAttributes, ...more }));
}

describe("a sign-up", () => {
  test("is confirmed by the code that was sent, once and within a day", async () => {
    const to = await apps.empty(MAILED);
    const { UserConfirmed, UserSub, CodeDeliveryDetails } = await signUp(to);
    expect({ UserConfirmed, CodeDeliveryDetails }).toEqual({
      UserConfirmed: false,
      CodeDeliveryDetails: { Destination: "a***@e***", DeliveryMedium: "EMAIL", AttributeName: "email" },
    });
    const place = { ClientId: to.ClientId, Username: "ann" };
    await expect(apps.signIn(to)).rejects.toEqual(failure("UserNotConfirmedException", "User is not confirmed."));
    await expect(apps.signIn(to, "ann", "wrong")).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await expect(signUp(to)).rejects.toEqual(failure("UsernameExistsException", "User already exists"));
    const confirm = (ConfirmationCode: string): Promise<unknown> =>
      apps.cognito.send(new ConfirmSignUpCommand({ ...place, ConfirmationCode }));
    const first = apps.codeTo(to, "ann@example.com");
    await cloud.clock.advance("25 hours");
    await expect(confirm(first)).rejects.toEqual(
      failure("ExpiredCodeException", "Invalid code provided, please request a code again."),
    );
    await apps.cognito.send(new ResendConfirmationCodeCommand(place));
    const code = apps.codeTo(to, "ann@example.com");
    await expect(confirm(code === "000000" ? "000001" : "000000")).rejects.toEqual(
      failure("CodeMismatchException", "Invalid verification code provided, please try again."),
    );
    await confirm(code);
    await expect(confirm(code)).rejects.toEqual(
      failure("NotAuthorizedException", "User cannot be confirmed. Current status is CONFIRMED"),
    );
    await expect(apps.cognito.send(new ResendConfirmationCodeCommand(place))).rejects.toEqual(
      failure("InvalidParameterException", "User is already confirmed."),
    );
    const { AccessToken } = await apps.tokens(to);
    expect(await apps.cognito.send(new GetUserCommand({ AccessToken }))).toMatchObject({
      Username: "ann",
      UserAttributes: expect.arrayContaining([
        { Name: "sub", Value: UserSub },
        { Name: "email_verified", Value: "true" },
      ]) as unknown[],
    });
  });

  test("five wrong codes stop the guessing until another is sent", async () => {
    const to = await apps.empty(MAILED);
    await signUp(to);
    const wrong = apps.codeTo(to, "ann@example.com") === "000000" ? "000001" : "000000";
    const command = new ConfirmSignUpCommand({ ClientId: to.ClientId, Username: "ann", ConfirmationCode: wrong });
    for (let tries = 0; tries < 5; tries += 1)
      await expect(apps.cognito.send(command)).rejects.toMatchObject({ name: "CodeMismatchException" });
    await expect(apps.cognito.send(command)).rejects.toEqual(
      failure("LimitExceededException", "Attempt limit exceeded, please try after some time."),
    );
  });

  test("is not for pools that only administrators fill, nor for what a client may not write", async () => {
    const closed = await apps.empty({ pool: { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } } });
    await expect(signUp(closed)).rejects.toEqual(
      failure("NotAuthorizedException", "SignUp is not permitted for this user pool"),
    );
    const narrow = await apps.empty({ client: { WriteAttributes: ["email"], ReadAttributes: ["email"] } });
    await expect(signUp(narrow)).rejects.toEqual(
      failure("NotAuthorizedException", "A client attempted to write unauthorized attribute"),
    );
    await expect(signUp(await apps.empty(MAILED), "ann", { Password: "short" })).rejects.toEqual(
      failure("InvalidPasswordException", "Password did not conform with policy: Password not long enough"),
    );
    await expect(apps.cognito.send(new SignUpCommand({ ClientId: "nobody", Username: "a", Password }))).rejects.toEqual(
      failure("ResourceNotFoundException", "User pool client nobody does not exist."),
    );
  });

  test("tells nothing of users where the client hides them", async () => {
    const ClientId = (await apps.empty({ client: { PreventUserExistenceErrors: "ENABLED" } })).ClientId;
    const place = { ClientId, Username: "nobody" };
    expect((await apps.cognito.send(new ForgotPasswordCommand(place))).CodeDeliveryDetails).toMatchObject({
      DeliveryMedium: "EMAIL",
    });
    await expect(
      apps.cognito.send(new ConfirmForgotPasswordCommand({ ...place, Password, ConfirmationCode: "123456" })),
    ).rejects.toMatchObject({ name: "CodeMismatchException" });
    const open = { ...place, ClientId: (await apps.empty(MAILED)).ClientId };
    await expect(apps.cognito.send(new ForgotPasswordCommand(open))).rejects.toEqual(
      failure("UserNotFoundException", "Username/client id combination not found."),
    );
  });
});

test("a forgotten password is chosen anew by a code that is good for an hour", async () => {
  const to = await apps.make(MAILED);
  const place = { ClientId: to.ClientId, Username: "ann" };
  await apps.cognito.send(new ForgotPasswordCommand(place));
  const set = (ConfirmationCode: string): Promise<unknown> =>
    apps.cognito.send(new ConfirmForgotPasswordCommand({ ...place, ConfirmationCode, Password: "An0ther!!" }));
  const late = apps.codeTo(to, "ann@example.com");
  await cloud.clock.advance("61 minutes");
  await expect(set(late)).rejects.toMatchObject({ name: "ExpiredCodeException" });
  await apps.cognito.send(new ForgotPasswordCommand(place));
  await set(apps.codeTo(to, "ann@example.com"));
  await expect(apps.signIn(to)).rejects.toMatchObject({ name: "NotAuthorizedException" });
  const { AccessToken } = await apps.tokens(to, "ann", "An0ther!!");
  const change = { AccessToken, ProposedPassword: "Th1rd!!!!" };
  await expect(apps.cognito.send(new ChangePasswordCommand({ ...change, PreviousPassword: Password }))).rejects.toEqual(
    failure("NotAuthorizedException", "Incorrect username or password."),
  );
  await apps.cognito.send(new ChangePasswordCommand({ ...change, PreviousPassword: "An0ther!!" }));
  expect(await apps.tokens(to, "ann", "Th1rd!!!!")).toHaveProperty("AccessToken");
});

describe("a signed-in user", () => {
  test("changes an address, which counts once its code is given", async () => {
    const to = await apps.make({
      pool: {
        AutoVerifiedAttributes: ["email"],
        UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
      },
    });
    const { AccessToken } = await apps.tokens(to);
    const UserAttributes = [{ Name: "email", Value: "new@example.com" }];
    const { CodeDeliveryDetailsList } = await apps.cognito.send(
      new UpdateUserAttributesCommand({ AccessToken, UserAttributes }),
    );
    expect(CodeDeliveryDetailsList).toMatchObject([{ Destination: "n***@e***", AttributeName: "email" }]);
    const email = async (): Promise<unknown> => {
      const { UserAttributes: all } = await apps.cognito.send(
        new AdminGetUserCommand({ UserPoolId: to.UserPoolId, Username: "ann" }),
      );
      return all?.find(({ Name }) => Name === "email")?.Value;
    };
    expect(await email()).toBe("ann@example.com");
    await apps.cognito.send(new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName: "email" }));
    const Code = apps.codeTo(to, "new@example.com");
    await apps.cognito.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: "email", Code }));
    expect(await email()).toBe("new@example.com");
    await apps.cognito.send(new DeleteUserAttributesCommand({ AccessToken, UserAttributeNames: ["phone_number"] }));
    await expect(
      apps.cognito.send(
        new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name: "email_verified", Value: "true" }] }),
      ),
    ).rejects.toMatchObject({ name: "NotAuthorizedException" });
  });

  test("leaves", async () => {
    const to = await apps.make(MAILED);
    const { AccessToken } = await apps.tokens(to);
    await apps.cognito.send(new DeleteUserCommand({ AccessToken }));
    await expect(apps.cognito.send(new GetUserCommand({ AccessToken }))).rejects.toEqual(
      failure("UserNotFoundException", "User does not exist."),
    );
  });
});

test("the session of a sign-up leads through its confirmation to the first sign-in, once", async () => {
  const to = await apps.empty({ pool: { AutoVerifiedAttributes: ["email"] } });
  const { ClientId } = to;
  const named = { ClientId, Username: "eve" };
  const UserAttributes = [{ Name: "email", Value: "eve@example.com" }];
  const { Session } = await apps.cognito.send(new SignUpCommand({ ...named, Password: PASSWORD, UserAttributes }));
  const begin = (session: string | undefined) =>
    apps.cognito.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: "USER_AUTH",
        AuthParameters: { USERNAME: "eve" },
        Session: session,
      }),
    );
  const invalid = failure("NotAuthorizedException", "Invalid session for the user.");
  await expect(begin(Session)).rejects.toEqual(invalid);
  const ConfirmationCode = apps.codeTo(to, "eve@example.com");
  const confirmed = await apps.cognito.send(new ConfirmSignUpCommand({ ...named, ConfirmationCode, Session }));
  expect((await begin(confirmed.Session)).AuthenticationResult).toHaveProperty("IdToken");
  await expect(begin(confirmed.Session)).rejects.toMatchObject({ name: "NotAuthorizedException" });
});
