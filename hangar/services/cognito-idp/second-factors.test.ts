// Second factors, and first ones that users choose, through Cognito's own client.

import {
  AdminDeleteSoftwareTokenCommand,
  AdminSetUserSettingsCommand,
  AssociateSoftwareTokenCommand,
  GetUserAuthFactorsCommand,
  InitiateAuthCommand,
  SetUserMFAPreferenceCommand,
  SetUserPoolMfaConfigCommand,
  SetUserSettingsCommand,
  VerifySoftwareTokenCommand,
  type InitiateAuthCommandOutput,
  type MFAOptionType,
  type SetUserPoolMfaConfigCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { beforeEach, describe, expect, test } from "vitest";
import { failure, PASSWORD, type App, suiteOf } from "./engine/test-app.ts";
import { codeAt } from "./rules/totp.ts";

const { cloud, apps } = await suiteOf("cognito.factors");

beforeEach(() => cloud.clock.hold());

describe("a second factor", () => {
  const sms = { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::000000000000:role/sms" } };

  async function withFactors(input: Partial<SetUserPoolMfaConfigCommandInput>): Promise<App> {
    const to = await apps.make();
    await apps.cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId: to.UserPoolId, ...input }));
    return to;
  }

  function totp(secret = ""): string {
    return codeAt(secret, Math.floor(cloud.clock.now() / 30_000));
  }

  test("of an authenticator app is set up, and asked for by the world's clock", async () => {
    const to = await withFactors({ MfaConfiguration: "OPTIONAL", SoftwareTokenMfaConfiguration: { Enabled: true } });
    const { AccessToken } = await apps.tokens(to);
    const { SecretCode } = await apps.cognito.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    expect(SecretCode).toMatch(/^[A-Z2-7]{52}$/);
    const UserCode = totp(SecretCode);
    await expect(
      apps.cognito.send(
        new VerifySoftwareTokenCommand({ AccessToken, UserCode: UserCode === "000000" ? "000001" : "000000" }),
      ),
    ).rejects.toEqual(failure("EnableSoftwareTokenMFAException", "Code mismatch"));
    expect(await apps.cognito.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }))).toMatchObject({
      Status: "SUCCESS",
    });
    const settings = { SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } };
    await apps.cognito.send(new SetUserMFAPreferenceCommand({ AccessToken, ...settings }));
    expect(await apps.cognito.send(new GetUserAuthFactorsCommand({ AccessToken }))).toMatchObject({
      UserMFASettingList: ["SOFTWARE_TOKEN_MFA"],
    });
    const asked = await apps.signIn(to);
    expect(asked.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    await cloud.clock.advance("90 seconds");
    await expect(apps.answer(to, asked, { SOFTWARE_TOKEN_MFA_CODE: UserCode })).rejects.toEqual(
      failure("CodeMismatchException", "Invalid code received for user"),
    );
    const SOFTWARE_TOKEN_MFA_CODE = totp(SecretCode);
    const { AuthenticationResult } = await apps.answer(to, asked, { SOFTWARE_TOKEN_MFA_CODE });
    expect(AuthenticationResult).toHaveProperty("AccessToken");
    await expect(apps.answer(to, await apps.signIn(to), { SOFTWARE_TOKEN_MFA_CODE })).rejects.toEqual(
      failure("ExpiredCodeException", "Your software token has already been used once."),
    );
    const late = await apps.signIn(to);
    await cloud.clock.advance("4 minutes");
    await expect(apps.answer(to, late, { SOFTWARE_TOKEN_MFA_CODE: totp(SecretCode) })).rejects.toEqual(
      failure("NotAuthorizedException", "Invalid session for the user, session is expired."),
    );
    await apps.cognito.send(new AdminDeleteSoftwareTokenCommand({ UserPoolId: to.UserPoolId, Username: "ann" }));
    expect((await apps.signIn(to)).AuthenticationResult).toHaveProperty("AccessToken");
  });

  test("that everybody needs is set up before the first sign-in ends", async () => {
    const to = await withFactors({ MfaConfiguration: "ON", SoftwareTokenMfaConfiguration: { Enabled: true } });
    const asked = await apps.signIn(to);
    expect(asked).toMatchObject({
      ChallengeName: "MFA_SETUP",
      ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' },
    });
    const { SecretCode, Session } = await apps.cognito.send(
      new AssociateSoftwareTokenCommand({ Session: asked.Session }),
    );
    await expect(apps.answer(to, { ...asked, Session }, {})).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
    const verified = await apps.cognito.send(new VerifySoftwareTokenCommand({ Session, UserCode: totp(SecretCode) }));
    const { AuthenticationResult } = await apps.answer(to, { ...asked, Session: verified.Session }, {});
    expect(AuthenticationResult).toHaveProperty("AccessToken");
    expect((await apps.signIn(to)).ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
  });

  test("by text message is turned on and off by the older calls too", async () => {
    const to = await withFactors({ MfaConfiguration: "OPTIONAL", SmsMfaConfiguration: sms });
    const { AccessToken } = await apps.tokens(to);
    const MFAOptions: MFAOptionType[] = [{ DeliveryMedium: "SMS", AttributeName: "phone_number" }];
    await apps.cognito.send(new SetUserSettingsCommand({ AccessToken, MFAOptions }));
    expect((await apps.signIn(to)).ChallengeName).toBe("SMS_MFA");
    const user = { UserPoolId: to.UserPoolId, Username: "ann" };
    const set = (options: MFAOptionType[]) =>
      apps.cognito.send(new AdminSetUserSettingsCommand({ ...user, MFAOptions: options }));
    await expect(set([{ DeliveryMedium: "EMAIL", AttributeName: "email" }])).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
    await set([]);
    expect((await apps.signIn(to)).AuthenticationResult).toHaveProperty("AccessToken");
  });

  test("by text message or mail is chosen among several", async () => {
    const to = await withFactors({
      MfaConfiguration: "OPTIONAL",
      SmsMfaConfiguration: sms,
      EmailMfaConfiguration: { Message: "Code {####}", Subject: "Hello" },
    });
    const { AccessToken } = await apps.tokens(to);
    const on = { Enabled: true };
    await apps.cognito.send(new SetUserMFAPreferenceCommand({ AccessToken, SMSMfaSettings: on, EmailMfaSettings: on }));
    const asked = await apps.signIn(to);
    expect(asked).toMatchObject({
      ChallengeName: "SELECT_MFA_TYPE",
      ChallengeParameters: { MFAS_CAN_CHOOSE: '["SMS_MFA","EMAIL_OTP"]' },
    });
    const chosen = await apps.answer(to, asked, { ANSWER: "SMS_MFA" });
    expect(chosen).toMatchObject({
      ChallengeName: "SMS_MFA",
      ChallengeParameters: {
        CODE_DELIVERY_DELIVERY_MEDIUM: "SMS",
        CODE_DELIVERY_DESTINATION: "+*******0100",
      },
    });
    const { AuthenticationResult } = await apps.answer(to, chosen, { SMS_MFA_CODE: apps.codeTo(to, "+15555550100") });
    expect(AuthenticationResult).toHaveProperty("AccessToken");
    const mailed = await apps.answer(to, await apps.signIn(to), { ANSWER: "EMAIL_OTP" });
    const done = await apps.answer(to, mailed, { EMAIL_OTP_CODE: apps.codeTo(to, "ann@example.com") });
    expect(done.AuthenticationResult).toHaveProperty("AccessToken");
  });
});

test("a user chooses the first factor, where the pool allows several", async () => {
  const to = await apps.make({
    pool: {
      AutoVerifiedAttributes: ["email"],
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } },
    },
  });
  const start = (more: Record<string, string>): Promise<InitiateAuthCommandOutput> =>
    apps.cognito.send(
      new InitiateAuthCommand({
        ClientId: to.ClientId,
        AuthFlow: "USER_AUTH",
        AuthParameters: { USERNAME: "ann", ...more },
      }),
    );
  const asked = await start({});
  expect(asked).toMatchObject({
    ChallengeName: "SELECT_CHALLENGE",
    AvailableChallenges: ["PASSWORD", "PASSWORD_SRP", "EMAIL_OTP"],
  });
  const mailed = await apps.answer(to, asked, { ANSWER: "EMAIL_OTP" });
  const { AuthenticationResult } = await apps.answer(to, mailed, {
    EMAIL_OTP_CODE: apps.codeTo(to, "ann@example.com"),
  });
  expect(AuthenticationResult).toHaveProperty("AccessToken");
  const direct = await start({ PREFERRED_CHALLENGE: "PASSWORD", PASSWORD });
  expect(direct.AuthenticationResult).toHaveProperty("AccessToken");
});
