// A browser: forms and presigned URLs from a page of another origin, and websites as it opens them.

import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketCorsCommand,
  PutBucketPolicyCommand,
  PutBucketWebsiteCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { createPresignedPost, type PresignedPostOptions } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeProgram } from "../../gateway/test-programs.ts";
import { startCloud, type RunningCloud } from "../../index.ts";

const executablePath =
  process.env["CHROMIUM_PATH"] ?? ["/usr/bin/chromium", "/usr/bin/google-chrome"].find(existsSync) ?? "chromium";
const program = { command: executablePath, probe: ["--version"], install: "apt-get install chromium" };
const Bucket = "browser-here";

let cloud: RunningCloud;
let s3: S3Client;
let browser: Browser;
let page: Page;
let other: Server;
let origin: string;

async function open(): Promise<void> {
  cloud = await startCloud();
  const { requestHandler: _inProcess, ...config } = cloud.clientConfig();
  s3 = new S3Client({ ...config, forcePathStyle: true, requestChecksumCalculation: "WHEN_REQUIRED" });
  await s3.send(new CreateBucketCommand({ Bucket }));
  other = createServer((request, response) =>
    response.setHeader("content-type", "text/html").end(`<title>${request.url}</title>`),
  );
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
  browser = await chromium.launch({
    executablePath,
    args: [...args, "--host-resolver-rules=MAP *.localhost 127.0.0.1"],
  });
  page = await browser.newPage();
  await page.goto(origin);
}

/** Submits a form as a page does without any script's fetch; answers where the browser went and what it shows. */
async function submit(options: Partial<PresignedPostOptions>, file: string): Promise<{ url: string; text: string }> {
  const { url, fields } = await createPresignedPost(s3, { Bucket, Key: "form/${filename}", ...options });
  await page.goto(origin);
  const inputs = Object.entries(fields).map(([name, value]) => `<input name="${name}" value='${value}'>`);
  await page.setContent(
    `<form method="post" accept-charset="utf-8" enctype="multipart/form-data" action="${url}">${inputs.join("")}<input type="file" name="file"><button>send</button></form>`,
  );
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "ü b.txt", mimeType: "text/plain", buffer: Buffer.from(file) });
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === "POST"),
    page.waitForEvent("load"),
    page.getByRole("button", { name: "send" }).click(),
  ]);
  return { url: page.url(), text: answer.status() === 303 ? "" : await answer.text() };
}

/** What a script of the page gets: status, text and the headers that it may see; or that it gets nothing. */
function fetched(
  url: string,
  init: { method?: string; body?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; text: string; etag: string | null }> {
  return page.evaluate(
    async ([to, how]) => {
      try {
        const answer = await fetch(to, how);
        return { status: answer.status, text: await answer.text(), etag: answer.headers.get("etag") };
      } catch {
        return { status: 0, text: "", etag: null };
      }
    },
    [url, init] as const,
  );
}

describeProgram("a browser", program, () => {
  beforeAll(open);
  afterAll(async () => {
    expect(cloud.bugs).toEqual([]);
    await browser.close();
    await new Promise((resolve) => other.close(resolve));
    await cloud.close();
  });

  test("is told of a form's upload in XML, or sent where the form says", async () => {
    const created = await submit({ Fields: { success_action_status: "201" } }, "hello");
    expect(created.text).toContain(`<Bucket>${Bucket}</Bucket><Key>form/ü b.txt</Key>`);
    const { ContentLength, ETag } = await s3.send(new HeadObjectCommand({ Bucket, Key: "form/ü b.txt" }));
    expect(ContentLength).toBe(5);
    const sent = await submit({ Fields: { success_action_redirect: `${origin}/done?x=1` } }, "hello");
    const { pathname, searchParams } = new URL(sent.url);
    expect([pathname, Object.fromEntries(searchParams)]).toEqual([
      "/done",
      { x: "1", bucket: Bucket, key: "form/ü b.txt", etag: ETag },
    ]);
  });

  test("is refused what a form's policy does not allow", async () => {
    const long = await submit({ Conditions: [["content-length-range", 1, 3]] }, "hello");
    expect(long.text).toMatch(/<Code>EntityTooLarge<.*<ProposedSize>5<.*<MaxSizeAllowed>3</);
    const short = await submit({ Conditions: [["content-length-range", 10, 30]] }, "hello");
    expect(short.text).toMatch(/<Code>EntityTooSmall<.*<ProposedSize>5<.*<MinSizeAllowed>10</);
    const elsewhere = await submit({ Conditions: [["starts-with", "$key", "mine/"]] }, "hello");
    expect(elsewhere.text).toContain(
      "Invalid according to Policy: Policy Condition failed: [&quot;starts-with&quot;, &quot;$key&quot;, &quot;mine/&quot;]",
    );
  });

  test("lets a page of another origin put and get by presigned URL only as the bucket's CORS rules say", async () => {
    await page.goto(origin);
    const put = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: "p", ContentType: "text/plain" }));
    const get = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "p" }));
    const init = { method: "PUT", body: "from a page", headers: { "content-type": "text/plain" } };
    expect((await fetched(put, init)).status).toBe(0);
    const rule = { AllowedMethods: ["PUT"], AllowedOrigins: [origin], AllowedHeaders: ["content-type"] };
    await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [rule] } }));
    expect(await fetched(put, init)).toEqual({ status: 200, text: "", etag: null });
    expect((await fetched(put, { ...init, headers: { ...init.headers, "x-amz-meta-a": "1" } })).status).toBe(0);
    expect((await fetched(get)).status).toBe(0);
    const open = { ...rule, AllowedMethods: ["PUT", "GET"], ExposeHeaders: ["ETag"] };
    await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [open] } }));
    const { ETag } = await s3.send(new HeadObjectCommand({ Bucket, Key: "p" }));
    expect(await fetched(get)).toEqual({ status: 200, text: "from a page", etag: ETag });
    const gone = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "gone" }));
    expect(await fetched(gone)).toMatchObject({ status: 404, text: expect.stringContaining("<Code>NoSuchKey</Code>") });
  });

  test("lets a script post a form, which needs no preflight but the answer's leave", async () => {
    const { url, fields } = await createPresignedPost(s3, { Bucket, Key: "scripted" });
    const post = (): Promise<number> =>
      page.evaluate(
        async ([to, entries]) => {
          const form = new FormData();
          for (const [name, value] of Object.entries(entries)) form.append(name, value);
          form.append("file", new Blob(["scripted"]));
          return fetch(to, { method: "POST", body: form }).then(
            (answer) => answer.status,
            () => 0,
          );
        },
        [url, fields] as const,
      );
    expect(await post()).toBe(0);
    const rule = { AllowedMethods: ["POST"], AllowedOrigins: ["*"] };
    await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [rule] } }));
    expect(await post()).toBe(204);
  });

  test("opens a website: its index, its folders, its error document and its redirects", async () => {
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
    const Resource = [`arn:aws:s3:::${Bucket}/*`, `arn:aws:s3:::${Bucket}`];
    const Statement = [{ Effect: "Allow", Principal: "*", Action: ["s3:GetObject", "s3:ListBucket"], Resource }];
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }));
    for (const name of ["index", "docs/index", "error"])
      await s3.send(
        new PutObjectCommand({ Bucket, Key: `${name}.html`, Body: `<h1>${name}</h1>`, ContentType: "text/html" }),
      );
    const WebsiteConfiguration = {
      IndexDocument: { Suffix: "index.html" },
      ErrorDocument: { Key: "error.html" },
      RoutingRules: [{ Condition: { KeyPrefixEquals: "old/" }, Redirect: { ReplaceKeyPrefixWith: "docs/" } }],
    };
    await s3.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration }));
    const site = `http://${Bucket}.s3-website-us-east-1.localhost:${cloud.port}`;
    const visit = async (path: string): Promise<[number | undefined, string, string | null]> => {
      const answer = await page.goto(site + path);
      return [answer?.status(), page.url().slice(site.length), await page.locator("h1").textContent()];
    };
    expect(await visit("/")).toEqual([200, "/", "index"]);
    expect(await visit("/docs")).toEqual([200, "/docs/", "docs/index"]);
    expect(await visit("/old/")).toEqual([200, "/docs/", "docs/index"]);
    expect(await visit("/missing")).toEqual([404, "/missing", "error"]);
  });
});
