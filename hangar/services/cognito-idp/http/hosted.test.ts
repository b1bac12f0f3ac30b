// OAuth 2.0 on a pool's domain: codes, tokens, what apps may ask, and what is refused.

import { createHash } from "node:crypto";
import {
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  DeleteUserPoolDomainCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { beforeEach, describe, expect, test } from "vitest";
import { claimsOf, PASSWORD, suiteOf } from "../engine/test-app.ts";
import { CALLBACK, sendTo, siteOf, type Answer, type Site } from "./test-site.ts";

const { cloud, apps } = await suiteOf("cognito.hosted", true);

beforeEach(() => cloud.clock.hold());

const VERIFIER = "a-verifier-of-at-least-forty-three-characters-in-length";
const PKCE = {
  code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
  code_challenge_method: "S256",
};

function read(answer: Answer): Record<string, string> {
  return JSON.parse(answer.text) as Record<string, string>;
}

/** Signed in, back at the app with a code. */
async function codeFor(site: Site, more = {}): Promise<string> {
  const { location } = await site.browser().signIn(site.authorize(more));
  expect(location.startsWith(`${CALLBACK}?`)).toBe(true);
  return new URL(location).searchParams.get("code") ?? "";
}

function exchange(site: Site, code: string, more = {}): Promise<Answer> {
  const form = { grant_type: "authorization_code", client_id: site.ClientId, redirect_uri: CALLBACK, code };
  return site.post("/oauth2/token", { ...form, ...more });
}

describe("the code flow", () => {
  test("leads through the sign-in page back to the app, whose code is good once", async () => {
    const site = await siteOf(cloud, apps);
    const browser = site.browser();
    const { location } = await browser.signIn(site.authorize({ state: "s=1&2", nonce: "n", ...PKCE }));
    const back = new URL(location);
    expect(back.searchParams.get("state")).toBe("s=1&2");
    const code = back.searchParams.get("code") ?? "";
    expect(code).toMatch(/^[0-9a-f-]{36}$/);
    const tokens = read(await exchange(site, code, { code_verifier: VERIFIER }));
    expect(tokens).toMatchObject({ expires_in: 3600, token_type: "Bearer" });
    expect(claimsOf(tokens["id_token"])).toMatchObject({ email: "ann@example.com", nonce: "n", aud: site.ClientId });
    expect(claimsOf(tokens["id_token"])).not.toHaveProperty("phone_number");
    expect(claimsOf(tokens["access_token"])).toMatchObject({ scope: "openid email", version: 2 });
    const again = await exchange(site, code, { code_verifier: VERIFIER });
    expect([again.status, read(again)]).toEqual([400, { error: "invalid_grant" }]);
    const known = await browser.get(site.authorize());
    expect(new URL(known.location).searchParams.get("code")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("is walked without a browser: the answer to the form has the code, the page has AWS's names", async () => {
    const site = await siteOf(cloud, apps);
    const address = site.authorize({ state: "s" }).replace("/oauth2/authorize", "/login");
    const page = await site.send("GET", address, {});
    expect(page.text).toContain('<form method="post" name="cognitoSignInForm" action="/login?');
    for (const part of ['id="signInFormUsername"', 'id="signInFormPassword"', 'name="signInSubmitButton"'])
      expect(page.text).toContain(part);
    const [cookie = ""] = [page.headers["set-cookie"] ?? ""].flat();
    const _csrf = /^XSRF-TOKEN=([^;]+)/.exec(cookie)?.[1] ?? "";
    const form = { _csrf, username: "ann", password: PASSWORD, cognitoAsfData: "", signInSubmitButton: "Sign in" };
    const answer = await site.post(address, form, { cookie: `XSRF-TOKEN=${_csrf}` });
    expect([answer.status, answer.location]).toEqual([
      302,
      expect.stringMatching(/^https:\/\/app\.example\/back\?code=[0-9a-f-]{36}&state=s$/),
    ]);
  });

  test.each([
    ["another verifier", {}, { code_verifier: "another" }],
    ["no verifier", {}, {}],
    ["another address", {}, { code_verifier: VERIFIER, redirect_uri: "https://evil.example/" }],
  ])("refuses a code with %s", async (_what, more, given) => {
    const site = await siteOf(cloud, apps);
    const answer = await exchange(site, await codeFor(site, { ...PKCE, ...more }), given);
    expect([answer.status, read(answer)]).toEqual([400, { error: "invalid_grant" }]);
  });

  test("refuses a code after five minutes", async () => {
    const site = await siteOf(cloud, apps);
    const code = await codeFor(site);
    await cloud.clock.advance("6 minutes");
    expect(read(await exchange(site, code))).toEqual({ error: "invalid_grant" });
  });

  test("refreshes, tells of the user and revokes", async () => {
    const site = await siteOf(cloud, apps);
    const first = read(await exchange(site, await codeFor(site)));
    const form = { grant_type: "refresh_token", client_id: site.ClientId, refresh_token: first["refresh_token"] ?? "" };
    const second = read(await site.post("/oauth2/token", form));
    expect(claimsOf(second["access_token"])).toMatchObject({ scope: "openid email" });
    const info = (token = ""): Promise<Answer> =>
      site.send("GET", "/oauth2/userInfo", { authorization: `Bearer ${token}` });
    expect(read(await info(second["access_token"]))).toEqual({
      sub: claimsOf(second["access_token"])["sub"],
      email: "ann@example.com",
      email_verified: "true",
      username: "ann",
    });
    const token = first["refresh_token"] ?? "";
    expect((await site.post("/oauth2/revoke", { client_id: site.ClientId, token })).status).toBe(200);
    const over = await info(second["access_token"]);
    expect([over.status, read(over)["error"]]).toEqual([401, "invalid_token"]);
    expect(read(await site.post("/oauth2/token", form))).toEqual({ error: "invalid_grant" });
  });
});

test("the implicit flow brings tokens in the fragment", async () => {
  const site = await siteOf(cloud, apps);
  const { location } = await site.browser().signIn(site.authorize({ response_type: "token", state: "x" }));
  const told = new URLSearchParams(new URL(location).hash.slice(1));
  expect(told.get("state")).toBe("x");
  expect(claimsOf(told.get("id_token") ?? "")).toMatchObject({ email: "ann@example.com" });
  expect(told.has("refresh_token")).toBe(false);
});

describe("an app may not", () => {
  test.each([
    ["lead elsewhere", { redirect_uri: "https://evil.example/" }, "redirect_mismatch"],
    ["lead below its address", { redirect_uri: `${CALLBACK}/../evil` }, "redirect_mismatch"],
    ["be unknown", { client_id: "nobody" }, "Client does not exist."],
  ])("%s: the browser stays here", async (_what, more, error) => {
    const site = await siteOf(cloud, apps);
    for (const path of [site.authorize(more), site.authorize(more).replace("/oauth2/authorize", "/login")]) {
      const { location } = await site.browser().get(path);
      expect(location).toMatch(/^\/error\?/);
      expect(new URLSearchParams(location.slice(7)).get("error")).toBe(error);
      const page = await site.browser().get(location);
      expect([page.status, page.text.includes(error)]).toEqual([400, true]);
    }
  });

  test.each([
    ["ask for scopes it was not given", { scope: "openid profile" }, "invalid_scope"],
    ["ask in another way", { response_type: "id_token" }, "invalid_request"],
    ["prove a code by its plain text", { code_challenge: "a", code_challenge_method: "plain" }, "invalid_request"],
    ["expect somebody who is not signed in", { prompt: "none" }, "login_required"],
  ])("%s: it is told so", async (_what, more, error) => {
    const site = await siteOf(cloud, apps);
    const { location } = await site.browser().get(site.authorize({ state: "x", ...more }));
    const back = new URL(location);
    expect(location.startsWith(`${CALLBACK}?`)).toBe(true);
    expect([back.searchParams.get("error"), back.searchParams.get("state")]).toEqual([error, "x"]);
  });

  test("use a flow that it was not given", async () => {
    const site = await siteOf(cloud, apps, { client: { AllowedOAuthFlows: ["code"] } });
    const { location } = await site.browser().get(site.authorize({ response_type: "token" }));
    expect(new URL(location).searchParams.get("error")).toBe("unauthorized_client");
  });

  test("send a form in a page's name", async () => {
    const site = await siteOf(cloud, apps);
    const query = site.authorize().replace("/oauth2/authorize", "/login");
    const answer = await site.post(query, { username: "ann", password: "Passw0rd!", _csrf: "guessed" });
    expect([answer.status, answer.location]).toEqual([200, ""]);
    expect(answer.text).toContain('role="alert"');
  });

  test("put markup on a page", async () => {
    const site = await siteOf(cloud, apps);
    const { text } = await site.browser().get("/error?error=%3Cscript%3Ealert(1)%3C%2Fscript%3E");
    expect(text).not.toContain("<script>");
  });
});

test("a client alone gets its scopes by its secret", async () => {
  const site = await siteOf(cloud, apps);
  const { UserPoolId } = site;
  const Scopes = [{ ScopeName: "read", ScopeDescription: "to read" }];
  await apps.cognito.send(new CreateResourceServerCommand({ UserPoolId, Identifier: "api", Name: "API", Scopes }));
  const { UserPoolClient } = await apps.cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: "machine",
      GenerateSecret: true,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["client_credentials"],
      AllowedOAuthScopes: ["api/read"],
    }),
  );
  const { ClientId = "", ClientSecret = "" } = UserPoolClient ?? {};
  const ask = (secret: string, form = {}): Promise<Answer> =>
    site.post(
      "/oauth2/token",
      { grant_type: "client_credentials", ...form },
      { authorization: `Basic ${Buffer.from(`${ClientId}:${secret}`).toString("base64")}` },
    );
  const tokens = read(await ask(ClientSecret));
  expect(Object.keys(tokens)).toEqual(["access_token", "expires_in", "token_type"]);
  expect(claimsOf(tokens["access_token"])).toMatchObject({ sub: ClientId, client_id: ClientId, scope: "api/read" });
  expect(read(await ask("wrong"))).toEqual({ error: "invalid_client" });
  expect(read(await ask(ClientSecret, { scope: "api/write" }))).toEqual({ error: "invalid_scope" });
  const other = { grant_type: "client_credentials", client_id: site.ClientId };
  expect(read(await site.post("/oauth2/token", other))).toEqual({ error: "unauthorized_client" });
  expect(read(await site.post("/oauth2/token", { ...other, grant_type: "password" }))).toEqual({
    error: "unsupported_grant_type",
  });
});

test("a browser signs out, and is led only where the client allows", async () => {
  const site = await siteOf(cloud, apps);
  const browser = site.browser();
  await browser.signIn(site.authorize());
  const logout = (to: string): Promise<Answer> =>
    browser.get(`/logout?client_id=${site.ClientId}&logout_uri=${encodeURIComponent(to)}`);
  expect((await logout("https://evil.example/")).location).toMatch(/^\/error\?error=redirect_mismatch/);
  expect((await logout("https://app.example/")).location).toBe("https://app.example/");
  expect((await browser.get(site.authorize())).location).toMatch(/^\/login\?/);
});

test("a mailed link confirms a sign-up", async () => {
  const VerificationMessageTemplate = { DefaultEmailOption: "CONFIRM_WITH_LINK" as const };
  const site = await siteOf(cloud, apps, { pool: { VerificationMessageTemplate } });
  const UserAttributes = [{ Name: "email", Value: "link@example.com" }];
  const user = { ClientId: site.ClientId, Username: "link", Password: PASSWORD };
  await apps.cognito.send(new SignUpCommand({ ...user, UserAttributes }));
  const sent = cloud.trace.spans().findLast(({ name }) => name.endsWith("email:link@example.com"));
  const link = new URL(/href="([^"]*)"/.exec(String(sent?.attributes["message"]))?.[1] ?? "");
  expect(link.host).toBe(site.host);
  expect(sent?.attributes).not.toHaveProperty("code");
  const page = await site.browser().get(`${link.pathname}${link.search}`);
  expect([page.status, page.text.includes("Your registration has been confirmed!")]).toEqual([200, true]);
  expect(await apps.tokens(site, "link")).toHaveProperty("IdToken");
  expect((await site.browser().get(`${link.pathname}${link.search}`)).status).toBe(400);
});

test("a fork has pages of its own", async () => {
  const site = await siteOf(cloud, apps);
  const fork = cloud.fork("pages");
  const { port } = await fork.listen();
  const there = sendTo(port, site.host);
  const path = site.authorize();
  const Domain = site.host.split(".")[0];
  await apps.cognito.send(new DeleteUserPoolDomainCommand({ UserPoolId: site.UserPoolId, Domain }));
  expect((await site.send("GET", path, {})).status).toBe(404);
  expect((await there("GET", path, {})).location).toMatch(/^\/login\?/);
  fork.dispose();
});
