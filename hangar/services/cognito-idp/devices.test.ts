// Devices of users: confirmed, remembered, proved instead of a second factor, listed and forgotten.

import {
  AdminForgetDeviceCommand,
  AdminGetDeviceCommand,
  AdminListDevicesCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminUpdateDeviceStatusCommand,
  ConfirmDeviceCommand,
  ForgetDeviceCommand,
  GetDeviceCommand,
  GetTokensFromRefreshTokenCommand,
  ListDevicesCommand,
  UpdateDeviceStatusCommand,
  type AuthenticationResultType,
  type DeviceConfigurationType,
  type DeviceType,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from "amazon-cognito-identity-js";
import { beforeEach, expect, test } from "vitest";
import { claimsOf, failure, PASSWORD, type App, suiteOf } from "./engine/test-app.ts";

const { cloud, apps } = await suiteOf("cognito.devices", true);

beforeEach(() => cloud.clock.hold());

const SMS = {
  MfaConfiguration: "OPTIONAL" as const,
  SmsConfiguration: { SnsCallerArn: "arn:aws:iam::000000000000:role/sms" },
};

async function tracking(DeviceConfiguration: DeviceConfigurationType, withSms = false): Promise<App> {
  const to = await apps.make({ pool: { DeviceConfiguration, ...(withSms ? SMS : {}) } });
  const user = { UserPoolId: to.UserPoolId, Username: "ann" };
  const SMSMfaSettings = { Enabled: true, PreferredMfa: true };
  if (withSms) await apps.cognito.send(new AdminSetUserMFAPreferenceCommand({ ...user, SMSMfaSettings }));
  return to;
}

const SECRET = { PasswordVerifier: Buffer.from("ab".repeat(32)).toString("base64"), Salt: "c2FsdA==" };

async function confirmed(to: App): Promise<AuthenticationResultType & { readonly DeviceKey: string }> {
  const tokens = await apps.tokens(to);
  const DeviceKey = tokens.NewDeviceMetadata?.DeviceKey ?? "";
  const { AccessToken } = tokens;
  await apps.cognito.send(
    new ConfirmDeviceCommand({ AccessToken, DeviceKey, DeviceName: "phone", DeviceSecretVerifierConfig: SECRET }),
  );
  return { ...tokens, DeviceKey };
}

const ALWAYS = { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false };
const missing = failure("ResourceNotFoundException", "Device does not exist.");

const statusOf = (device: DeviceType | undefined) =>
  device?.DeviceAttributes?.find(({ Name }) => Name === "dev:device_remembered_status")?.Value;

test("a pool that does not track devices tells of none", async () => {
  const { NewDeviceMetadata, AccessToken } = await apps.tokens(await apps.make());
  expect([NewDeviceMetadata, claimsOf(AccessToken)["device_key"]]).toEqual([undefined, undefined]);
});

test("a sign-in tells of a new device, which its access token names and may confirm once", async () => {
  const to = await tracking(ALWAYS);
  const { AccessToken, NewDeviceMetadata } = await apps.tokens(to);
  expect(NewDeviceMetadata).toEqual({
    DeviceKey: expect.stringMatching(/^us-east-1_[0-9a-f-]{36}$/) as string,
    DeviceGroupKey: expect.stringMatching(/^-[A-Za-z0-9]{8}$/) as string,
  });
  const { DeviceKey } = NewDeviceMetadata ?? {};
  expect(claimsOf(AccessToken)["device_key"]).toBe(DeviceKey);
  const confirm = (key: string | undefined) =>
    apps.cognito.send(
      new ConfirmDeviceCommand({ AccessToken, DeviceKey: key, DeviceName: "tv", DeviceSecretVerifierConfig: SECRET }),
    );
  await expect(confirm("us-east-1_00000000-0000-0000-0000-000000000000")).rejects.toEqual(
    failure("InvalidParameterException", "Invalid device key given."),
  );
  expect(await confirm(DeviceKey)).toMatchObject({ UserConfirmationNecessary: false });
  await expect(confirm(DeviceKey)).rejects.toMatchObject({ name: "DeviceKeyExistsException" });
});

test("devices are shown, listed, changed and forgotten by their user", async () => {
  const to = await tracking({ ...ALWAYS, DeviceOnlyRememberedOnUserPrompt: true });
  const { AccessToken, DeviceKey } = await confirmed(to);
  const { Device } = await apps.cognito.send(new GetDeviceCommand({ AccessToken, DeviceKey }));
  const owner = `ann.${to.UserPoolId}`;
  const now = new Date(cloud.clock.now());
  expect(Device).toEqual({
    DeviceKey,
    DeviceAttributes: [
      { Name: "device_status", Value: "valid" },
      { Name: "device_name", Value: "phone" },
      {
        Name: "dev:device_arn",
        Value: `arn:aws:cognito-idp:us-east-1:000000000000:owner/${owner}/device/${DeviceKey}`,
      },
      { Name: "dev:device_owner", Value: owner },
      { Name: "last_ip_used", Value: "127.0.0.1" },
      { Name: "dev:device_remembered_status", Value: "not_remembered" },
      { Name: "dev:device_sdk", Value: "aws-sdk" },
    ],
    DeviceCreateDate: now,
    DeviceLastModifiedDate: now,
    DeviceLastAuthenticatedDate: now,
  });
  await apps.cognito.send(
    new UpdateDeviceStatusCommand({ AccessToken, DeviceKey, DeviceRememberedStatus: "remembered" }),
  );
  await confirmed(to);
  const first = await apps.cognito.send(new ListDevicesCommand({ AccessToken, Limit: 1 }));
  const { PaginationToken } = first;
  const second = await apps.cognito.send(new ListDevicesCommand({ AccessToken, Limit: 1, PaginationToken }));
  const all = [...(first.Devices ?? []), ...(second.Devices ?? [])];
  expect(new Set(all.map(statusOf))).toEqual(new Set(["not_remembered", "remembered"]));
  await apps.cognito.send(new ForgetDeviceCommand({ AccessToken, DeviceKey }));
  await expect(apps.cognito.send(new GetDeviceCommand({ AccessToken, DeviceKey }))).rejects.toEqual(missing);
});

test("administrators do the same to devices of others", async () => {
  const to = await tracking(ALWAYS);
  const { DeviceKey } = await confirmed(to);
  const device = { UserPoolId: to.UserPoolId, Username: "ann", DeviceKey };
  await apps.cognito.send(new AdminUpdateDeviceStatusCommand({ ...device, DeviceRememberedStatus: "not_remembered" }));
  const { Device } = await apps.cognito.send(new AdminGetDeviceCommand(device));
  expect(statusOf(Device)).toBe("not_remembered");
  expect((await apps.cognito.send(new AdminListDevicesCommand(device))).Devices).toEqual([Device]);
  await apps.cognito.send(new AdminForgetDeviceCommand(device));
  await expect(apps.cognito.send(new AdminGetDeviceCommand(device))).rejects.toEqual(missing);
  await expect(apps.begin(to, { USERNAME: "ann", PASSWORD, DEVICE_KEY: DeviceKey })).rejects.toEqual(missing);
});

test("tokens of a confirmed device are refreshed for that device alone", async () => {
  const to = await tracking(ALWAYS);
  const { RefreshToken = "", DeviceKey } = await confirmed(to);
  const refresh = (more: object) => apps.begin(to, { REFRESH_TOKEN: RefreshToken, ...more }, "REFRESH_TOKEN_AUTH");
  await expect(refresh({})).rejects.toEqual(failure("NotAuthorizedException", "Invalid Refresh Token"));
  const { AuthenticationResult } = await refresh({ DEVICE_KEY: DeviceKey });
  expect(claimsOf(AuthenticationResult?.AccessToken)["device_key"]).toBe(DeviceKey);
  const { ClientId } = to;
  await apps.cognito.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken, DeviceKey }));
});

/** Signs in as Amplify does, which keeps its device; answers whether a code was asked for. */
function throughAmplify(to: App, user: CognitoUser): Promise<{ session: CognitoUserSession; asked: boolean }> {
  let asked = false;
  return new Promise((resolve, reject) => {
    const callbacks = {
      onSuccess: (session: CognitoUserSession) => resolve({ session, asked }),
      onFailure: reject,
      mfaRequired: () => {
        asked = true;
        user.sendMFACode(apps.codeTo(to, "+15555550100"), callbacks);
      },
    };
    user.authenticateUser(new AuthenticationDetails({ Username: "ann", Password: PASSWORD }), callbacks);
  });
}

test("a remembered device stands for the second factor, as amazon-cognito-identity-js has it", async () => {
  cloud.clock.release();
  const to = await tracking(ALWAYS, true);
  const user = () =>
    new CognitoUser({ Username: "ann", Pool: new CognitoUserPool({ ...to, endpoint: cloud.endpoint }) });
  const first = await throughAmplify(to, user());
  const second = await throughAmplify(to, user());
  expect([first.asked, second.asked]).toEqual([true, false]);
  const device = { UserPoolId: to.UserPoolId, Username: "ann" };
  const { Devices = [] } = await apps.cognito.send(new AdminListDevicesCommand(device));
  expect(Devices.map(({ DeviceKey }) => DeviceKey)).toEqual([
    claimsOf(second.session.getAccessToken().getJwtToken())["device_key"],
  ]);
  // One that is not remembered any more proves nothing.
  const DeviceKey = Devices[0]?.DeviceKey;
  await apps.cognito.send(
    new AdminUpdateDeviceStatusCommand({ ...device, DeviceKey, DeviceRememberedStatus: "not_remembered" }),
  );
  expect((await throughAmplify(to, user())).asked).toBe(true);
});

test("where it does not stand for it, amazon-cognito-identity-js proves both, with the session of the first", async () => {
  cloud.clock.release();
  const to = await tracking({ ...ALWAYS, ChallengeRequiredOnNewDevice: false }, true);
  const user = () =>
    new CognitoUser({ Username: "ann", Pool: new CognitoUserPool({ ...to, endpoint: cloud.endpoint }) });
  const first = await throughAmplify(to, user());
  const second = await throughAmplify(to, user());
  expect([first.asked, second.asked]).toEqual([true, true]);
  const keyOf = ({ session }: typeof first) => claimsOf(session.getAccessToken().getJwtToken())["device_key"];
  expect(keyOf(second)).toBe(keyOf(first));
});

test("a device is asked for after a second factor where it does not stand for it, and must know its password", async () => {
  const to = await tracking({ ...ALWAYS, ChallengeRequiredOnNewDevice: false }, true);
  const asked = await apps.signIn(to);
  const code = () => ({ SMS_MFA_CODE: apps.codeTo(to, "+15555550100") });
  const { AuthenticationResult } = await apps.answer(to, asked, code());
  const { DeviceKey = "" } = AuthenticationResult?.NewDeviceMetadata ?? {};
  await apps.cognito.send(
    new ConfirmDeviceCommand({
      AccessToken: AuthenticationResult?.AccessToken,
      DeviceKey,
      DeviceSecretVerifierConfig: SECRET,
    }),
  );
  const device = { DEVICE_KEY: DeviceKey };
  const again = await apps.begin(to, { USERNAME: "ann", PASSWORD, ...device });
  expect(again.ChallengeName).toBe("SMS_MFA");
  const begun = await apps.answer(to, again, { ...code(), ...device });
  expect(begun).toMatchObject({ ChallengeName: "DEVICE_SRP_AUTH", ChallengeParameters: {} });
  const verifying = await apps.answer(to, begun, { SRP_A: "ab".repeat(384), ...device });
  expect(verifying).toMatchObject({
    ChallengeName: "DEVICE_PASSWORD_VERIFIER",
    ChallengeParameters: { ...device, SALT: Buffer.from(SECRET.Salt, "base64").toString("hex"), USERNAME: "ann" },
  });
  const claim = {
    PASSWORD_CLAIM_SIGNATURE: "d3Jvbmc=",
    PASSWORD_CLAIM_SECRET_BLOCK: verifying.ChallengeParameters?.["SECRET_BLOCK"] ?? "",
    TIMESTAMP: "Sun Nov 22 10:00:00 UTC 2026",
  };
  await expect(apps.answer(to, verifying, { ...claim, ...device })).rejects.toEqual(
    failure("NotAuthorizedException", "Incorrect username or password."),
  );
});
