// The site, in a real browser: sign in, make an album, upload a picture, see it, share it.
import { existsSync } from "node:fs";
import type { Aws, Stack } from "hangar/vitest";
import { chromium } from "playwright-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll } from "vitest";
import { addUser } from "./account.ts";
import { sunset } from "./library.ts";
import { expect, test as base } from "./test.ts";

const executablePath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP *.localhost 127.0.0.1, MAP localhost.localstack.cloud 127.0.0.1, MAP *.localhost.localstack.cloud 127.0.0.1",
];

let browser: Browser | undefined;
afterAll(() => browser?.close());

const test = base
  .extend("visit", async ({ cloud, onTestFailed }, { onCleanup }) => {
    const opened = (browser ??= await chromium.launch({ executablePath, args }));
    const told: string[] = [];
    const contexts: BrowserContext[] = [];
    onTestFailed(() => console.log(told.join("\n")));
    onCleanup(async () => void (await Promise.all(contexts.map((context) => context.close()))));
    /** A page of somebody who was never here before. */
    return async () => {
      // The site names the deployed API; the browser's configuration leads that to this test's world, too.
      const context = await opened.newContext(cloud.browserConfig());
      contexts.push(context);
      context.setDefaultTimeout(30_000);
      const page = await context.newPage();
      page.on("console", (message) => told.push(message.text()));
      page.on("requestfailed", (request) =>
        told.push(`${request.method()} ${request.url()}: ${request.failure()?.errorText}`),
      );
      return page;
    };
  })
  .extend("page", ({ visit }) => visit());

async function signedIn(page: Page, stack: Stack, aws: Aws): Promise<void> {
  const { user, password } = await addUser(stack, aws);
  await page.goto(stack.outputs.SiteUrl);
  await page.getByLabel("User name").fill(user);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Albums", level: 1 }).waitFor();
}

async function makeAlbum(page: Page, title: string): Promise<void> {
  await page.getByLabel("Title").fill(title);
  await page.getByRole("button", { name: "Make album" }).click();
  await page.getByRole("heading", { name: title, level: 1 }).waitFor();
}

/** The size of a picture once it is there. */
const drawn = (page: Page, name: string) =>
  page.getByRole("img", { name }).evaluate(async (element) => {
    const image = element as unknown as { decode(): Promise<void>; naturalWidth: number; naturalHeight: number };
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  });

if (!existsSync(executablePath)) {
  base(`no browser at ${executablePath}: the site is not tested`, ({ skip }) => skip("apt-get install chromium"));
}

test.runIf(existsSync(executablePath))(
  "a picture is uploaded, seen and shared",
  async ({ page, visit, stack, aws }) => {
    await signedIn(page, stack, aws);
    await makeAlbum(page, "Summer");
    const buffer = await sunset(640, 400);
    await page.getByLabel("Add pictures").setInputFiles({ name: "sunset.png", mimeType: "image/png", buffer });
    await page.getByRole("img", { name: "sunset.png" }).waitFor({ timeout: 90_000 });
    expect(await drawn(page, "sunset.png")).toEqual([320, 200]);

    await page.getByRole("button", { name: "Share sunset.png" }).click();
    await page.getByRole("button", { name: "Make link" }).click();
    await page.getByText("Works until").waitFor();
    const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
    const other = await visit();
    await other.goto(link);
    await other.getByRole("heading", { name: "sunset.png" }).waitFor();
    expect(await drawn(other, "sunset.png")).toEqual([640, 400]);
  },
);

test.runIf(existsSync(executablePath))(
  "what is no picture is refused before the reader's eyes",
  async ({ page, stack, aws }) => {
    await signedIn(page, stack, aws);
    await makeAlbum(page, "Odd things");
    await page
      .getByLabel("Add pictures")
      .setInputFiles({ name: "trick.png", mimeType: "image/png", buffer: Buffer.from("not a picture") });
    await page.getByText("Refused: The file is not a JPEG, PNG or GIF picture").waitFor({ timeout: 90_000 });
  },
);

test.runIf(existsSync(executablePath))("a catalogue is converted", async ({ page, stack, aws }) => {
  await signedIn(page, stack, aws);
  await page.getByRole("link", { name: "Import" }).click();
  const file = { name: "list.csv", mimeType: "text/csv", buffer: Buffer.from("file,year\nsea.jpg,1998\n") };
  await page.getByLabel("CSV file").setInputFiles(file);
  await page.getByRole("button", { name: "Convert" }).click();
  await page.getByRole("heading", { name: "1 row" }).waitFor({ timeout: 90_000 });
  expect(await page.getByLabel("JSON lines").textContent()).toBe('{"file": "sea.jpg", "year": "1998"}\n');
});

test.runIf(existsSync(executablePath))(
  "a wrong password is explained, and a session ends with signing out",
  async ({ page, stack, aws }) => {
    const { SiteUrl } = stack.outputs;
    await page.goto(SiteUrl);
    await page.getByLabel("User name").fill("nobody");
    await page.getByLabel("Password").fill("wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").filter({ hasText: "The user name or the password is wrong" }).waitFor();
    await signedIn(page, stack, aws);
    await page.getByRole("button", { name: /^Sign out/ }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.goto(`${SiteUrl}#/albums`);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  },
);
