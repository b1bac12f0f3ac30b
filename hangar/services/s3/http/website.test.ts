// Websites and CORS over real HTTP.

import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  PutBucketCorsCommand,
  PutBucketPolicyCommand,
  PutBucketWebsiteCommand,
  PutObjectCommand,
  S3Client,
  type WebsiteConfiguration,
} from "@aws-sdk/client-s3";
import { request, type IncomingHttpHeaders } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;
const Bucket = "site.example.test";

beforeAll(async () => {
  cloud = await startCloud();
  s3 = new S3Client(cloud.clientConfig());
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  const Statement = [
    { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/*` },
    { Effect: "Allow", Principal: "*", Action: "s3:ListBucket", Resource: `arn:aws:s3:::${Bucket}` },
    { Effect: "Deny", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/private/*` },
  ];
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }));
  for (const [Key, Body] of [
    ["index.html", "<h1>home</h1>"],
    ["docs/index.html", "docs"],
    ["error.html", "oops"],
    ["private/x", "secret"],
  ] as const) {
    await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: "text/html" }));
  }
  await s3.send(new PutObjectCommand({ Bucket, Key: "moved", Body: "", WebsiteRedirectLocation: "/docs/" }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };

/** As a browser asks that knows the site by its own name. */
function ask(
  path: string,
  {
    method = "GET",
    headers = {},
    host = `${Bucket}.s3-website-us-east-1.localhost`,
  }: { method?: string; headers?: Record<string, string>; host?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port: cloud.port, path, method, headers: { ...headers, host: `${host}:${cloud.port}` } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    sent.on("error", reject);
    sent.end();
  });
}

async function configure(website: WebsiteConfiguration): Promise<void> {
  await s3.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration: website }));
}

describe("a website", () => {
  test("is not there until it is configured", async () => {
    const { status, body } = await ask("/");
    expect([status, body]).toEqual([404, expect.stringContaining("<li>Code: NoSuchWebsiteConfiguration</li>")]);
  });

  test("serves index documents, adds slashes, answers HEAD, tags and ranges", async () => {
    await configure({ IndexDocument: { Suffix: "index.html" }, ErrorDocument: { Key: "error.html" } });
    const home = await ask("/");
    expect([home.status, home.body, home.headers["content-type"]]).toEqual([200, "<h1>home</h1>", "text/html"]);
    expect((await ask("/docs/")).body).toBe("docs");
    const slash = await ask("/docs");
    expect([slash.status, slash.headers.location]).toEqual([302, "/docs/"]);
    const head = await ask("/", { method: "HEAD" });
    expect([head.status, head.headers["content-length"], head.body]).toEqual([200, "13", ""]);
    expect((await ask("/", { headers: { "if-none-match": String(home.headers.etag) } })).status).toBe(304);
    const part = await ask("/", { headers: { range: "bytes=1-2" } });
    expect([part.status, part.body]).toEqual([206, "h1"]);
    expect((await ask("/", { method: "POST" })).status).toBe(405);
  });

  test("answers errors with its error document, and moves what was moved", async () => {
    expect(await ask("/missing")).toMatchObject({ status: 404, body: "oops" });
    expect(await ask("/private/x")).toMatchObject({ status: 403, body: "oops" });
    expect(await ask("/moved")).toMatchObject({ status: 301, headers: { location: "/docs/" } });
  });

  test("is reached by every name it has", async () => {
    for (const host of [
      `${Bucket}.s3-website.us-east-1.localhost`,
      `${Bucket}.s3-website.localhost`,
      `${Bucket}.s3-website.localhost.localstack.cloud`,
    ]) {
      expect((await ask("/", { host })).body).toBe("<h1>home</h1>");
    }
    expect((await ask(`/_aws/s3-website/${Bucket}/docs/`, { host: "localhost" })).body).toBe("docs");
  });

  test("follows routing rules, before and after looking", async () => {
    await configure({
      IndexDocument: { Suffix: "index.html" },
      RoutingRules: [
        {
          Condition: { KeyPrefixEquals: "old/" },
          Redirect: { ReplaceKeyPrefixWith: "docs/", HttpRedirectCode: "307" },
        },
        {
          Condition: { HttpErrorCodeReturnedEquals: "404" },
          Redirect: { HostName: "elsewhere.test", ReplaceKeyWith: "lost" },
        },
      ],
    });
    const host = `${Bucket}.s3-website-us-east-1.localhost:${cloud.port}`;
    expect(await ask("/old/page")).toMatchObject({ status: 307, headers: { location: `http://${host}/docs/page` } });
    expect(await ask("/missing")).toMatchObject({ status: 301, headers: { location: "http://elsewhere.test/lost" } });
    await configure({ RedirectAllRequestsTo: { HostName: "new.test", Protocol: "https" } });
    expect(await ask("/any/path")).toMatchObject({ status: 301, headers: { location: "https://new.test/any/path" } });
  });
});

describe("cross-origin rules", () => {
  test("answer preflights and mark the answers", async () => {
    const path = `${cloud.endpoint}/${Bucket}/index.html`;
    const preflight = (headers: Record<string, string>) => fetch(path, { method: "OPTIONS", headers });
    const asked = {
      Origin: "https://app.test",
      "Access-Control-Request-Method": "PUT",
      "Access-Control-Request-Headers": "content-type",
    };
    const without = await preflight(asked);
    expect([without.status, await without.text()]).toEqual([
      403,
      expect.stringContaining("CORSResponse: CORS is not enabled for this bucket."),
    ]);
    const CORSRules = [
      {
        AllowedOrigins: ["https://*.test"],
        AllowedMethods: ["PUT", "GET"],
        AllowedHeaders: ["*"],
        ExposeHeaders: ["ETag"],
        MaxAgeSeconds: 60,
      },
    ];
    await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
    const allowed = await preflight(asked);
    expect(allowed.status).toBe(200);
    expect(Object.fromEntries(allowed.headers)).toMatchObject({
      "access-control-allow-origin": "https://app.test",
      "access-control-allow-methods": "PUT, GET",
      "access-control-allow-headers": "content-type",
      "access-control-expose-headers": "ETag",
      "access-control-max-age": "60",
      "access-control-allow-credentials": "true",
      vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
    });
    expect((await preflight({ ...asked, Origin: "https://evil.example" })).status).toBe(403);
    expect((await preflight({})).status).toBe(400);
    const answer = await fetch(path, { headers: { Origin: "https://app.test" } });
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([200, "https://app.test"]);
    expect(
      (await fetch(path, { headers: { Origin: "https://evil.example" } })).headers.get("access-control-allow-origin"),
    ).toBeNull();
  });
});
