// Passkeys: a user's authenticator makes one, signs in with it, and what it says is checked.

import {
  CompleteWebAuthnRegistrationCommand,
  CreateUserPoolDomainCommand,
  DeleteWebAuthnCredentialCommand,
  GetUserAuthFactorsCommand,
  GetUserPoolMfaConfigCommand,
  InitiateAuthCommand,
  ListWebAuthnCredentialsCommand,
  SetUserPoolMfaConfigCommand,
  StartWebAuthnRegistrationCommand,
  type CreateUserPoolCommandInput,
  type InitiateAuthCommandOutput,
  type WebAuthnConfigurationType,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect, test } from "vitest";
import { created, got, type Passkey, type Twist } from "./engine/test-authenticator.ts";
import { claimsOf, failure, suiteOf, type App } from "./engine/test-app.ts";

const { cloud, apps } = await suiteOf("cognito.passkeys");
const { cognito } = apps;

const PASSKEYS: Partial<CreateUserPoolCommandInput> = {
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } },
};

type Owner = { readonly to: App; readonly AccessToken: string };

async function owner(
  WebAuthnConfiguration: WebAuthnConfigurationType = { RelyingPartyId: "example.com" },
): Promise<Owner> {
  const to = await apps.make({ pool: PASSKEYS });
  await cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId: to.UserPoolId, WebAuthnConfiguration }));
  return { to, AccessToken: (await apps.tokens(to)).AccessToken ?? "" };
}

async function start({ AccessToken }: Owner): Promise<Record<string, unknown>> {
  const { CredentialCreationOptions } = await cognito.send(new StartWebAuthnRegistrationCommand({ AccessToken }));
  return CredentialCreationOptions as Record<string, unknown>;
}

async function register(of: Owner, twist?: Twist): Promise<Passkey> {
  const { credential, passkey } = created(await start(of), twist);
  const { AccessToken } = of;
  await cognito.send(new CompleteWebAuthnRegistrationCommand({ AccessToken, Credential: credential as never }));
  return passkey;
}

function ask({ to }: Owner): Promise<InitiateAuthCommandOutput> {
  return apps.begin(to, { USERNAME: "ann", PREFERRED_CHALLENGE: "WEB_AUTHN" }, "USER_AUTH");
}

async function signIn(of: Owner, passkey: Passkey, twist?: Twist): Promise<InitiateAuthCommandOutput> {
  const asked = await ask(of);
  const options = asked.ChallengeParameters?.["CREDENTIAL_REQUEST_OPTIONS"] ?? "";
  return apps.answer(of.to, asked, { CREDENTIAL: got(options, passkey, twist) });
}

const refused = failure("NotAuthorizedException", "Incorrect username or password.");

test("an authenticator is asked for a key as AWS asks, and the key signs its user in", async () => {
  const of = await owner();
  const { AccessToken } = of;
  const sub = String(claimsOf(AccessToken)["sub"]);
  expect(await start(of)).toEqual({
    authenticatorSelection: { requireResidentKey: true, residentKey: "required", userVerification: "preferred" },
    challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
    excludeCredentials: [],
    pubKeyCredParams: [
      { alg: -7, type: "public-key" },
      { alg: -257, type: "public-key" },
    ],
    rp: { id: "example.com", name: "example.com" },
    timeout: 60_000,
    user: { displayName: "ann", id: Buffer.from(sub).toString("base64url"), name: "ann" },
  });
  const passkey = await register(of);
  const asked = await ask(of);
  expect(asked.ChallengeName).toBe("WEB_AUTHN");
  const options = asked.ChallengeParameters?.["CREDENTIAL_REQUEST_OPTIONS"] ?? "";
  expect(JSON.parse(options)).toMatchObject({
    rpId: "example.com",
    allowCredentials: [{ id: passkey.id, type: "public-key", transports: ["internal"] }],
  });
  const CREDENTIAL = got(options, passkey);
  expect((await apps.answer(of.to, asked, { CREDENTIAL })).AuthenticationResult).toHaveProperty("IdToken");
  await expect(apps.answer(of.to, asked, { CREDENTIAL })).rejects.toEqual(
    failure("NotAuthorizedException", "Invalid session for the user, session can only be used once."),
  );
  expect(await cognito.send(new GetUserAuthFactorsCommand({ AccessToken }))).toMatchObject({
    ConfiguredUserAuthFactors: ["PASSWORD", "WEB_AUTHN"],
  });
});

test("a user who chooses among factors finds the passkey there, also one of RSA", async () => {
  const of = await owner();
  const passkey = await register(of, { type: "rsa" });
  const choice = await apps.begin(of.to, { USERNAME: "ann" }, "USER_AUTH");
  expect(choice.AvailableChallenges).toEqual(["PASSWORD", "PASSWORD_SRP", "WEB_AUTHN"]);
  const asked = await apps.answer(of.to, choice, { ANSWER: "WEB_AUTHN" });
  const options = asked.ChallengeParameters?.["CREDENTIAL_REQUEST_OPTIONS"] ?? "";
  const answer = await apps.answer(of.to, asked, { CREDENTIAL: got(options, passkey) });
  expect(answer.AuthenticationResult).toHaveProperty("AccessToken");
});

test.each<[string, Twist]>([
  ["WebAuthnOriginNotAllowedException", { origin: "https://example.com.evil.net" }],
  ["WebAuthnOriginNotAllowedException", { origin: "http://app.example.com" }],
  ["WebAuthnRelyingPartyMismatchException", { relyingParty: "other.com" }],
  ["WebAuthnChallengeNotFoundException", { challenge: "b3RoZXI" }],
  ["WebAuthnCredentialNotSupportedException", { type: "ed25519" }],
])("a key is refused with %s: %o", async (name, twist) => {
  await expect(register(await owner(), twist)).rejects.toMatchObject({ name });
});

test("a signature that is not the key's own, or not for this, is refused", async () => {
  const of = await owner();
  const passkey = await register(of, { counter: 5 });
  const { passkey: other } = created({ challenge: "" });
  await expect(signIn(of, { ...other, id: passkey.id })).rejects.toEqual(refused);
  for (const twist of [{ origin: "https://evil.net" }, { relyingParty: "other.com" }, { challenge: "eA" }])
    await expect(signIn(of, passkey, { counter: 6, ...twist })).rejects.toEqual(refused);
  await expect(signIn(of, passkey, { counter: 5 })).rejects.toEqual(refused);
  expect((await signIn(of, passkey, { counter: 6 })).AuthenticationResult).toHaveProperty("IdToken");
});

test("an offer ends after a minute", async () => {
  const of = await owner();
  const { AccessToken } = of;
  const { credential } = created(await start(of));
  cloud.clock.hold();
  await cloud.clock.advance("1 minute");
  const late = cognito.send(new CompleteWebAuthnRegistrationCommand({ AccessToken, Credential: credential as never }));
  await expect(late).rejects.toMatchObject({ name: "WebAuthnChallengeNotFoundException" });
  cloud.clock.release();
});

test("passkeys are listed in pages, and go", async () => {
  const of = await owner();
  const { AccessToken } = of;
  const passkeys = [await register(of), await register(of)];
  const page = await cognito.send(new ListWebAuthnCredentialsCommand({ AccessToken, MaxResults: 1 }));
  expect(page.Credentials).toEqual([
    {
      CredentialId: passkeys[0]?.id,
      FriendlyCredentialName: "Passkey",
      RelyingPartyId: "example.com",
      AuthenticatorTransports: ["internal"],
      AuthenticatorAttachment: "platform",
      CreatedAt: expect.any(Date) as Date,
    },
  ]);
  const { NextToken } = page;
  const rest = await cognito.send(new ListWebAuthnCredentialsCommand({ AccessToken, NextToken }));
  expect(rest.Credentials?.map(({ CredentialId }) => CredentialId)).toEqual([passkeys[1]?.id]);
  const gone = { AccessToken, CredentialId: passkeys[0]?.id ?? "" };
  await cognito.send(new DeleteWebAuthnCredentialCommand(gone));
  await expect(cognito.send(new DeleteWebAuthnCredentialCommand(gone))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
  expect(await start(of)).toMatchObject({ excludeCredentials: [{ id: passkeys[1]?.id }] });
});

test("a passkey stands for two factors only where the pool says so, and then knows its user", async () => {
  const of = await owner();
  const { UserPoolId } = of.to;
  const passkey = await register(of, { verified: false });
  const on = { UserPoolId, MfaConfiguration: "ON", SoftwareTokenMfaConfiguration: { Enabled: true } } as const;
  await cognito.send(new SetUserPoolMfaConfigCommand(on));
  expect((await ask(of)).AvailableChallenges).toEqual(["PASSWORD", "PASSWORD_SRP"]);
  const WebAuthnConfiguration: WebAuthnConfigurationType = {
    RelyingPartyId: "example.com",
    FactorConfiguration: "MULTI_FACTOR_WITH_USER_VERIFICATION",
  };
  await cognito.send(new SetUserPoolMfaConfigCommand({ ...on, WebAuthnConfiguration }));
  const shown = await cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
  expect(shown.WebAuthnConfiguration).toEqual(WebAuthnConfiguration);
  await expect(signIn(of, passkey, { verified: false })).rejects.toEqual(refused);
  expect((await signIn(of, passkey)).AuthenticationResult).toHaveProperty("IdToken");
});

test("a pool needs the factor and a relying party: its own, or its domain", async () => {
  const without = await apps.make();
  const AccessToken = (await apps.tokens(without)).AccessToken ?? "";
  await expect(start({ to: without, AccessToken })).rejects.toMatchObject({ name: "WebAuthnNotEnabledException" });
  const to = await apps.make({ pool: PASSKEYS });
  const of = { to, AccessToken: (await apps.tokens(to)).AccessToken ?? "" };
  await expect(start(of)).rejects.toMatchObject({ name: "WebAuthnConfigurationMissingException" });
  await cognito.send(new CreateUserPoolDomainCommand({ UserPoolId: to.UserPoolId, Domain: "keyed" }));
  expect(await start(of)).toMatchObject({ rp: { id: "keyed.auth.us-east-1.amazoncognito.com" } });
});

test("one who has no passkey is told of the other factors", async () => {
  const { ClientId } = (await owner()).to;
  const AuthParameters = { USERNAME: "ann", PREFERRED_CHALLENGE: "WEB_AUTHN" };
  const asked = await cognito.send(new InitiateAuthCommand({ ClientId, AuthFlow: "USER_AUTH", AuthParameters }));
  expect(asked).toMatchObject({
    ChallengeName: "SELECT_CHALLENGE",
    AvailableChallenges: ["PASSWORD", "PASSWORD_SRP"],
  });
});
