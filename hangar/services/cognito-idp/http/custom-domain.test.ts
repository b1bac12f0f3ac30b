// The hosted pages at a domain of the pool's own: by its name, and by its name below localhost.

import {
  CreateUserPoolDomainCommand,
  DeleteUserPoolDomainCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect, test } from "vitest";
import { PASSWORD, suiteOf } from "../engine/test-app.ts";
import { CALLBACK, sendTo, siteOf } from "./test-site.ts";

const { cloud, apps } = await suiteOf("cognito.custom-domain", true);

test("somebody signs in at the domain, and the app has tokens there", async () => {
  const site = await siteOf(cloud, apps, { domain: "auth.example.com" });
  const { location } = await site.browser().signIn(site.authorize());
  const code = new URL(location).searchParams.get("code") ?? "";
  const form = { grant_type: "authorization_code", client_id: site.ClientId, redirect_uri: CALLBACK, code };
  const tokens = await site.post("/oauth2/token", form);
  expect([tokens.status, JSON.parse(tokens.text)]).toMatchObject([200, { token_type: "Bearer" }]);
  const local = await sendTo(cloud.port, `auth.example.com.localhost:${cloud.port}`)("GET", site.authorize(), {});
  expect([local.status, local.location]).toEqual([302, expect.stringMatching(/^\/login\?/)]);
});

test("documents and mails name the domain below localhost, which browsers find", async () => {
  const site = await siteOf(cloud, apps, {
    domain: "login.example.com",
    pool: { VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_LINK" } },
  });
  const origin = `http://login.example.com.localhost:${cloud.port}`;
  const document = await fetch(`${cloud.endpoint}/${site.UserPoolId}/.well-known/openid-configuration`);
  expect(await document.json()).toMatchObject({
    authorization_endpoint: `${origin}/oauth2/authorize`,
    token_endpoint: `${origin}/oauth2/token`,
  });
  const UserAttributes = [{ Name: "email", Value: "bob@example.com" }];
  const { ClientId } = site;
  await apps.cognito.send(new SignUpCommand({ ClientId, Username: "bob", Password: PASSWORD, UserAttributes }));
  const mails = cloud.trace.spans().filter(({ name }) => name.endsWith(":bob@example.com"));
  const [link = ""] = /http:[^\s"\\>]+/.exec(JSON.stringify(mails.map(({ attributes }) => attributes))) ?? [];
  expect(link.startsWith(`${origin}/confirmUser?`)).toBe(true);
  const { host, pathname, search } = new URL(link.replaceAll("&amp;", "&"));
  const answer = await sendTo(cloud.port, host)("GET", `${pathname}${search}`, {});
  expect([answer.status, answer.text]).toEqual([200, expect.stringContaining("confirmed")]);
});

test("nothing but the pages answers there, and nothing at all once the domain is gone", async () => {
  const site = await siteOf(cloud, apps, { domain: "gone.example.com" });
  for (const path of ["/_hangar/health", "/_hangar/trace", `/${site.UserPoolId}/.well-known/jwks.json`])
    expect(await site.send("GET", path, {})).toMatchObject({ status: 404, text: "Not found" });
  const { UserPoolId } = site;
  await apps.cognito.send(new DeleteUserPoolDomainCommand({ UserPoolId, Domain: "gone.example.com" }));
  expect(await site.send("GET", site.authorize(), {})).toMatchObject({
    status: 403,
    text: 'Hangar does not answer for the host "gone.example.com". Add it to "hosts" if it is yours.\n',
  });
});

test.each([
  ["a.b", {}, /^The domain name contains an invalid character\. .* follows this format: \^\[a-z0-9\]/],
  ["Upper", {}, /^The domain name contains an invalid character\./],
  [
    "nodots",
    { CustomDomainConfig: { CertificateArn: `arn:aws:acm:us-east-1:000000000000:certificate/one` } },
    /not valid/,
  ],
])("%s is no domain with %j", async (Domain, more, message) => {
  const { UserPoolId } = await apps.empty();
  const refused = apps.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain, ...more }));
  await expect(refused).rejects.toMatchObject({
    name: "InvalidParameterException",
    message: expect.stringMatching(message),
  });
});
