// The pages on which people sign up, recover and prove themselves, in a real browser.

import { existsSync } from "node:fs";
import { AdminSetUserPasswordCommand, SetUserPoolMfaConfigCommand } from "@aws-sdk/client-cognito-identity-provider";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PASSWORD, suiteOf } from "../engine/test-app.ts";
import { codeAt } from "../rules/totp.ts";
import { siteOf, type Site } from "./test-site.ts";

const executablePath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
const real = existsSync(executablePath);

const { cloud, apps } = await suiteOf("cognito.pages", true);
let browser: Browser;

beforeAll(async () => {
  if (real)
    browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP *.localhost 127.0.0.1"],
    });
});

afterAll(() => browser?.close());

/** The app's own page is answered here: nothing leaves this machine. */
async function open(site: Site): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(20_000);
  await page.route("https://app.example/**", (route) =>
    route.fulfill({ body: "<h1>Back</h1>", contentType: "text/html" }),
  );
  await page.goto(`http://${site.host}${site.authorize({ state: "here" })}`);
  return page;
}

async function fill(page: Page, values: Readonly<Record<string, string>>, button: string): Promise<void> {
  for (const [label, value] of Object.entries(values)) await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByRole("button", { name: button }).click();
}

async function arrived(page: Page): Promise<URL> {
  await page.getByRole("heading", { name: "Back" }).waitFor();
  return new URL(page.url());
}

test.runIf(real)("somebody signs up, confirms, signs in, and is back at the app with a code", async () => {
  const site = await siteOf(cloud, apps);
  const page = await open(site);
  await page.getByRole("link", { name: "Sign up" }).click();
  await fill(page, { Username: "bea", email: "bea@example.com", Password: "short" }, "Sign up");
  await expect.poll(() => page.getByRole("alert").textContent()).toContain("Password not long enough");
  await fill(page, { Password: PASSWORD }, "Sign up");
  await page.getByRole("heading", { name: "Confirm your account" }).waitFor();
  await fill(page, { "Verification code": apps.codeTo(site, "bea@example.com") }, "Confirm account");
  await fill(page, { Username: "bea", Password: "wrong" }, "Sign in");
  await expect.poll(() => page.getByRole("alert").textContent()).toBe("Incorrect username or password.");
  await fill(page, { Username: "bea", Password: PASSWORD }, "Sign in");
  const { searchParams } = await arrived(page);
  expect(searchParams.get("state")).toBe("here");
  expect(searchParams.get("code")).toMatch(/^[0-9a-f-]{36}$/);
});

test.runIf(real)("somebody forgot the password, and chooses another", async () => {
  const site = await siteOf(cloud, apps);
  const page = await open(site);
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await fill(page, { Username: "ann" }, "Reset my password");
  await page.getByRole("heading", { name: "Reset your password" }).waitFor();
  const code = apps.codeTo(site, "ann@example.com");
  await fill(page, { "Verification code": code, Password: "An0ther!!" }, "Change password");
  await fill(page, { Username: "ann", Password: "An0ther!!" }, "Sign in");
  expect((await arrived(page)).searchParams.has("code")).toBe(true);
});

test.runIf(real)("a temporary password is changed, and a second factor set up, on the way", async () => {
  const site = await siteOf(cloud, apps);
  const user = { UserPoolId: site.UserPoolId, Username: "ann" };
  await apps.cognito.send(new AdminSetUserPasswordCommand({ ...user, Password: "Tempor4ry!" }));
  await apps.cognito.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId: site.UserPoolId,
      MfaConfiguration: "ON",
      SoftwareTokenMfaConfiguration: { Enabled: true },
    }),
  );
  const page = await open(site);
  await fill(page, { Username: "ann", Password: "Tempor4ry!" }, "Sign in");
  await page.getByRole("heading", { name: "Change your password" }).waitFor();
  await fill(page, { "New password": "An0ther!!" }, "Continue");
  await page.getByRole("heading", { name: "Set up an authenticator app" }).waitFor();
  const secret = /[A-Z2-7]{52}/.exec((await page.getByRole("main").textContent()) ?? "")?.[0] ?? "";
  const code = codeAt(secret, Math.floor(cloud.clock.now() / 30_000));
  await fill(page, { Code: code }, "Continue");
  expect((await arrived(page)).searchParams.has("code")).toBe(true);
});
