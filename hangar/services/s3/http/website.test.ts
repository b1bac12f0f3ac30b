// Websites, CORS and browser uploads over real HTTP.

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
  type WebsiteConfiguration,
} from "@aws-sdk/client-s3";
import { createHmac } from "node:crypto";
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

describe("a form upload", () => {
  const credential = "test/20260101/us-east-1/s3/aws4_request";

  function signed(policy: object): Record<string, string> {
    const text = Buffer.from(JSON.stringify(policy)).toString("base64");
    let key: Buffer | string = "AWS4test";
    for (const part of ["20260101", "us-east-1", "s3", "aws4_request"])
      key = createHmac("sha256", key).update(part).digest();
    return {
      policy: text,
      "x-amz-algorithm": "AWS4-HMAC-SHA256",
      "x-amz-credential": credential,
      "x-amz-date": "20260101T000000Z",
      "x-amz-signature": createHmac("sha256", key).update(text).digest("hex"),
    };
  }

  async function post(fields: Record<string, string>, file: string, name = "cat.txt"): Promise<Response> {
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    form.set("file", new Blob([file], { type: "text/ignored" }), name);
    return fetch(`${cloud.endpoint}/${Bucket}`, { method: "POST", body: form });
  }

  const policy = (...conditions: unknown[]): object => ({
    expiration: new Date(Date.now() + 60_000).toISOString(),
    conditions: [
      { bucket: Bucket },
      ["starts-with", "$key", "up/"],
      { "x-amz-algorithm": "AWS4-HMAC-SHA256" },
      { "x-amz-credential": credential },
      { "x-amz-date": "20260101T000000Z" },
      ...conditions,
    ],
  });

  test("keeps the file under the form's key, with its type and metadata", async () => {
    const fields = {
      key: "up/${filename}",
      "Content-Type": "text/plain",
      "x-amz-meta-colour": "red",
      success_action_status: "201",
    };
    const rules = policy({ "Content-Type": "text/plain" }, ["starts-with", "$x-amz-meta-colour", ""], {
      success_action_status: "201",
    });
    const answer = await post({ ...fields, ...signed(rules) }, "meow");
    const body = await answer.text();
    expect([answer.status, body]).toEqual([
      201,
      expect.stringContaining(`<Bucket>${Bucket}</Bucket><Key>up/cat.txt</Key>`),
    ]);
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "up/cat.txt" }));
    expect(head).toMatchObject({ ContentType: "text/plain", ContentLength: 4, Metadata: { colour: "red" } });
  });

  test("is streamed, whatever its size and bytes", async () => {
    const large = "x".repeat(3_000_000) + "\r\n--not the boundary\r\n";
    expect((await post({ key: "up/large", ...signed(policy()) }, large)).status).toBe(204);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: "up/large" }));
    expect(await Body?.transformToString()).toBe(large);
  });

  test.each([
    {
      because: "a condition that fails",
      fields: { key: "elsewhere" },
      rules: policy(),
      status: 403,
      words: 'Policy Condition failed: ["starts-with", "$key", "up/"]',
    },
    {
      because: "a field that none names",
      fields: { key: "up/x", "x-amz-meta-extra": "1" },
      rules: policy(),
      status: 403,
      words: "Extra input fields: x-amz-meta-extra",
    },
    {
      because: "an expired policy",
      fields: { key: "up/x" },
      rules: { ...policy(), expiration: "2020-01-01T00:00:00Z" },
      status: 403,
      words: "Policy expired.",
    },
    {
      because: "a file too large",
      fields: { key: "up/x" },
      rules: policy(["content-length-range", 0, 2]),
      status: 400,
      words: "EntityTooLarge",
    },
    {
      because: "a range of one number",
      fields: { key: "up/x" },
      rules: policy(["content-length-range", 0]),
      status: 400,
      words: "InvalidPolicyDocument",
    },
    {
      because: "a negative range",
      fields: { key: "up/x" },
      rules: policy(["content-length-range", -1, 0]),
      status: 400,
      words: "InvalidPolicyDocument",
    },
    {
      because: "a file too small",
      fields: { key: "up/x" },
      rules: policy(["content-length-range", 10, 20]),
      status: 400,
      words: "EntityTooSmall",
    },
  ])("is refused for $because", async ({ fields, rules, status, words }) => {
    const got = await post({ ...fields, ...signed(rules) }, "file");
    expect([got.status, (await got.text()).replaceAll("&quot;", '"')]).toEqual([
      status,
      expect.stringContaining(words),
    ]);
  });

  test("keeps metadata that no header can carry as an encoded word, and refuses line ends in it", async () => {
    const any = policy(["starts-with", "$x-amz-meta-name", ""]);
    const metadata = async (value: string): Promise<number> =>
      (await post({ key: "up/meta", "x-amz-meta-name": value, ...signed(any) }, "x")).status;
    expect(await metadata("price in \u20ac")).toBe(204);
    const answer = await fetch(`${cloud.endpoint}/${Bucket}/up/meta`);
    expect(answer.headers.get("x-amz-meta-name")).toBe(
      `=?UTF-8?B?${Buffer.from("price in \u20ac").toString("base64")}?=`,
    );
    expect(await metadata("a\r\nSet-Cookie: b=c")).toBe(400);
  });

  test("takes of a file's name its last part only", async () => {
    const answer = await post({ key: "up/${filename}", ...signed(policy()) }, "x", "..\\..\\windows/../evil.txt");
    expect([answer.status, answer.headers.get("location")]).toEqual([204, expect.stringMatching(/\/up\/evil\.txt$/)]);
  });

  test("is refused unsigned, and with a wrong signature", async () => {
    expect((await post({ key: "up/x" }, "file")).status).toBe(403);
    const wrong = await post({ key: "up/x", ...signed(policy()), "x-amz-signature": "0".repeat(64) }, "file");
    expect([wrong.status, await wrong.text()]).toEqual([
      403,
      expect.stringContaining("<Code>SignatureDoesNotMatch</Code>"),
    ]);
  });
});
