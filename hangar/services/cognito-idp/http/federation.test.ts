// Signing in on a pool's hosted pages through another issuer: a second pool, which is an OpenID Connect provider of its own.

import {
  AdminDeleteUserCommand,
  AdminDisableProviderForUserCommand,
  AdminGetUserCommand,
  AdminLinkProviderForUserCommand,
  AdminListGroupsForUserCommand,
  AdminUpdateUserAttributesCommand,
  CreateIdentityProviderCommand,
  CreateUserPoolClientCommand,
  ListUsersCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
  type CreateIdentityProviderCommandInput,
  type LambdaConfigType,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect, test } from "vitest";
import { claimsOf, failure, suiteOf } from "../engine/test-app.ts";
import { functionsOf } from "../engine/test-triggers.ts";
import { CALLBACK, siteOf, type Answer, type Browser, type Site } from "./test-site.ts";

const { cloud, apps } = await suiteOf("cognito.federation", true);

type Pair = { readonly site: Site; readonly other: Site; readonly subject: string };

const OAUTH = {
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ["code" as const],
  AllowedOAuthScopes: ["openid", "email", "profile"],
};

/** A pool whose users may come from another one, where ann is. */
async function pair(
  more: Partial<CreateIdentityProviderCommandInput> = {},
  names = ["COGNITO", "Other"],
): Promise<Pair> {
  const [site, other] = [await siteOf(cloud, apps), await siteOf(cloud, apps)];
  const { UserPoolClient } = await apps.cognito.send(
    new CreateUserPoolClientCommand({
      ...OAUTH,
      UserPoolId: other.UserPoolId,
      ClientName: "federation",
      GenerateSecret: true,
      CallbackURLs: [`http://${site.host}/oauth2/idpresponse`],
    }),
  );
  const { UserAttributes = [] } = await apps.cognito.send(
    new AdminGetUserCommand({ UserPoolId: other.UserPoolId, Username: "ann" }),
  );
  await apps.cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId: site.UserPoolId,
      ProviderName: "Other",
      ProviderType: "OIDC",
      ProviderDetails: {
        client_id: UserPoolClient?.ClientId ?? "",
        client_secret: UserPoolClient?.ClientSecret ?? "",
        attributes_request_method: "GET",
        oidc_issuer: `https://cognito-idp.us-east-1.amazonaws.com/${other.UserPoolId}`,
        authorize_scopes: "openid email",
      },
      AttributeMapping: { email: "email" },
      ...more,
    }),
  );
  await supports(site, names);
  return { site, other, subject: UserAttributes.find(({ Name }) => Name === "sub")?.Value ?? "" };
}

function supports({ UserPoolId, ClientId }: Site, SupportedIdentityProviders: string[]) {
  const command = { ...OAUTH, UserPoolId, ClientId, CallbackURLs: [CALLBACK], SupportedIdentityProviders };
  return apps.cognito.send(new UpdateUserPoolClientCommand(command));
}

const pathOf = (location: string) => {
  const { pathname, search } = new URL(location);
  return pathname + search;
};

/** As far as the app: what it is told. */
async function come({ site, other }: Pair, more = {}, browser: Browser = site.browser()): Promise<URLSearchParams> {
  const away = await browser.get(site.authorize({ identity_provider: "Other", state: "s", ...more }));
  const back = await other.browser().signIn(pathOf(away.location));
  const here = await browser.get(pathOf(back.location));
  const { location } = here.location.startsWith("/") ? await browser.get(here.location) : here;
  expect(location.startsWith(`${CALLBACK}?`)).toBe(true);
  return new URL(location).searchParams;
}

async function tokensFor(site: Site, code: string | null): Promise<Record<string, string>> {
  const form = { grant_type: "authorization_code", client_id: site.ClientId, redirect_uri: CALLBACK, code: code ?? "" };
  const answer: Answer = await site.post("/oauth2/token", form);
  return JSON.parse(answer.text) as Record<string, string>;
}

test("who comes from there becomes a user of their own, with a group and an identity that tokens tell of", async () => {
  const two = await pair();
  const { site, subject } = two;
  const told = await come(two);
  expect(told.get("state")).toBe("s");
  const tokens = await tokensFor(site, told.get("code"));
  const group = `${site.UserPoolId}_Other`;
  expect(claimsOf(tokens["id_token"])).toMatchObject({
    "cognito:username": `Other_${subject}`,
    "cognito:groups": [group],
    email: "ann@example.com",
    email_verified: false,
    identities: [
      {
        userId: subject,
        providerName: "Other",
        providerType: "OIDC",
        issuer: null,
        primary: "true",
        dateCreated: expect.stringMatching(/^\d{13}$/) as string,
      },
    ],
  });
  const user = { UserPoolId: site.UserPoolId, Username: `Other_${subject}` };
  expect(await apps.cognito.send(new AdminGetUserCommand(user))).toMatchObject({
    UserStatus: "EXTERNAL_PROVIDER",
    Enabled: true,
  });
  const { Groups = [] } = await apps.cognito.send(new AdminListGroupsForUserCommand(user));
  expect(Groups.map(({ GroupName, Description }) => [GroupName, Description])).toEqual([
    [group, "Autogenerated group for users who sign in using Other"],
  ]);
});

test("coming back brings what changed there, and no second user", async () => {
  const two = await pair();
  await come(two);
  await apps.cognito.send(
    new AdminUpdateUserAttributesCommand({
      UserPoolId: two.other.UserPoolId,
      Username: "ann",
      UserAttributes: [{ Name: "email", Value: "ann@new.example" }],
    }),
  );
  await come(two);
  const { Users = [] } = await apps.cognito.send(
    new ListUsersCommand({ UserPoolId: two.site.UserPoolId, Filter: 'status = "Enabled"' }),
  );
  const mails = Users.filter(({ Username }) => Username?.startsWith("Other_")).map(
    ({ Attributes = [] }) => Attributes.find(({ Name }) => Name === "email")?.Value,
  );
  expect(mails).toEqual(["ann@new.example"]);
});

test("a client's only provider is gone to at once, others are on the page", async () => {
  const two = await pair({}, ["Other"]);
  const { location } = await two.site.browser().get(two.site.authorize());
  expect(location).toContain(`http://${two.other.host}/oauth2/authorize?`);
  await supports(two.site, ["COGNITO", "Other"]);
  const browser = two.site.browser();
  const page = await browser.get((await browser.get(two.site.authorize())).location);
  expect(page.text).toContain("Continue with Other");
  expect(page.text).toContain('name="password"');
});

test("an identifier stands for a provider", async () => {
  const two = await pair({ IdpIdentifiers: ["example.com"] });
  const away = (idp_identifier: string) => two.site.browser().get(two.site.authorize({ idp_identifier }));
  expect((await away("example.com")).location).toContain(`http://${two.other.host}/oauth2/authorize?`);
  expect((await away("example.org")).location).toContain("error=invalid_request");
});

test("an answer counts once, and only in the browser that went there", async () => {
  const two = await pair();
  const browser = two.site.browser();
  const away = await browser.get(two.site.authorize({ identity_provider: "Other" }));
  const back = pathOf((await two.other.browser().signIn(pathOf(away.location))).location);
  const refused = /^\/error\?error=Invalid\+state/;
  expect((await two.site.browser().get(back)).location).toMatch(refused);
  expect((await browser.get(back)).location).toMatch(/^\/oauth2\/authorize\?/);
  expect((await browser.get(back)).location).toMatch(refused);
});

test("what the provider has against it is the app's to know", async () => {
  const two = await pair();
  const browser = two.site.browser();
  const away = await browser.get(two.site.authorize({ identity_provider: "Other" }));
  const state = new URL(away.location).searchParams.get("state") ?? "";
  const query = new URLSearchParams({ state, error: "access_denied", error_description: "not you" });
  const { location } = await browser.get(`/oauth2/idpresponse?${query.toString()}`);
  expect(location).toBe(`${CALLBACK}?error_description=not+you&error=access_denied`);
  const again = await browser.get(two.site.authorize({ identity_provider: "Other" }));
  const wrong = new URLSearchParams({ state: new URL(again.location).searchParams.get("state") ?? "", code: "none" });
  const failed = await browser.get(`/oauth2/idpresponse?${wrong.toString()}`);
  expect(failed.location).toBe(`${CALLBACK}?error_description=invalid_grant&error=server_error`);
});

test("required attributes must come along", async () => {
  const two = await pair({ AttributeMapping: { nickname: "nickname" } });
  const { other } = two;
  const strict = await siteOf(cloud, apps, { pool: { Schema: [{ Name: "email", Required: true }] } });
  await apps.cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId: strict.UserPoolId,
      ProviderName: "Other",
      ProviderType: "OIDC",
      ProviderDetails: {
        client_id: other.ClientId,
        attributes_request_method: "GET",
        oidc_issuer: `https://cognito-idp.us-east-1.amazonaws.com/${other.UserPoolId}`,
        authorize_scopes: "openid",
      },
    }),
  );
  await supports(strict, ["Other"]);
  const CallbackURLs = [`http://${strict.host}/oauth2/idpresponse`];
  const { UserPoolId, ClientId } = other;
  await apps.cognito.send(new UpdateUserPoolClientCommand({ ...OAUTH, UserPoolId, ClientId, CallbackURLs }));
  const told = await come({ ...two, site: strict });
  expect([told.get("error"), told.get("error_description")]).toEqual([
    "invalid_request",
    "attributes required: [email]",
  ]);
});

test("a linked user is who signs in, until the link is taken", async () => {
  const two = await pair();
  const { site, subject } = two;
  const SourceUser = {
    ProviderName: "Other",
    ProviderAttributeName: "Cognito_Subject",
    ProviderAttributeValue: subject,
  };
  const DestinationUser = { ProviderName: "Cognito", ProviderAttributeValue: "ann" };
  const { UserPoolId } = site;
  const link = () =>
    apps.cognito.send(new AdminLinkProviderForUserCommand({ UserPoolId, DestinationUser, SourceUser }));
  await link();
  await expect(link()).rejects.toEqual(
    failure("InvalidParameterException", "SourceUser is already linked to DestinationUser"),
  );
  const tokens = await tokensFor(site, (await come(two)).get("code"));
  expect(claimsOf(tokens["id_token"])).toMatchObject({
    "cognito:username": "ann",
    identities: [{ userId: subject, providerName: "Other", primary: "false" }],
  });
  await apps.cognito.send(new AdminDisableProviderForUserCommand({ UserPoolId, User: SourceUser }));
  const later = await tokensFor(site, (await come(two)).get("code"));
  expect(claimsOf(later["id_token"])["cognito:username"]).toBe(`Other_${subject}`);
  await expect(link()).rejects.toMatchObject({
    message: expect.stringContaining("Merging is not currently supported"),
  });
  // With the user goes what stood for them.
  await apps.cognito.send(new AdminDeleteUserCommand({ UserPoolId, Username: `Other_${subject}` }));
  await link();
  await apps.cognito.send(new AdminDeleteUserCommand({ UserPoolId, Username: "ann" }));
  const last = await tokensFor(site, (await come(two)).get("code"));
  expect(claimsOf(last["id_token"])["cognito:username"]).toBe(`Other_${subject}`);
});

test("the pre sign-up function may refuse, or link: then the next sign-in succeeds", async () => {
  const two = await pair();
  const { site, subject } = two;
  const functions = await functionsOf(cloud);
  const arn = await functions.make(
    "link",
    `
    if (event.triggerSource !== "PreSignUp_ExternalProvider") throw new Error(event.triggerSource);
    if (event.request.userAttributes.email !== "ann@example.com") throw new Error("who are you");
    const sdk = require("@aws-sdk/client-cognito-identity-provider");
    const [ProviderName, ...rest] = event.userName.split("_");
    await new sdk.CognitoIdentityProviderClient({}).send(new sdk.AdminLinkProviderForUserCommand({
      UserPoolId: event.userPoolId,
      DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: "ann" },
      SourceUser: { ProviderName, ProviderAttributeName: "Cognito_Subject", ProviderAttributeValue: rest.join("_") },
    }));`,
  );
  const triggers = (LambdaConfig: LambdaConfigType) =>
    apps.cognito.send(new UpdateUserPoolCommand({ UserPoolId: site.UserPoolId, LambdaConfig }));
  await triggers({ PreSignUp: arn });
  const first = await come(two);
  expect([first.get("error"), first.get("error_description")]).toEqual([
    "invalid_request",
    `Already found an entry for username Other_${subject}`,
  ]);
  const tokens = await tokensFor(site, (await come(two)).get("code"));
  expect(claimsOf(tokens["id_token"])["cognito:username"]).toBe("ann");
});

test("signing in through Google is refused by name", async () => {
  const { site } = await pair();
  await apps.cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId: site.UserPoolId,
      ProviderName: "Google",
      ProviderType: "Google",
      ProviderDetails: { client_id: "app", client_secret: "secret", authorize_scopes: "email" },
    }),
  );
  await supports(site, ["Google"]);
  const { status, text } = await site.browser().get(site.authorize());
  expect([status, text]).toEqual([501, expect.stringContaining("signing in through Google") as string]);
});
