// Presigned URLs over real HTTP: what is signed holds, what the URL says of the answer is said, and it ends on the clock.

import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  DeletePublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;
const Bucket = "presigned-here";

beforeAll(async () => {
  cloud = await startCloud();
  s3 = new S3Client({ ...cloud.clientConfig(), requestChecksumCalculation: "WHEN_REQUIRED" });
  await s3.send(new CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

type Answer = { readonly status: number; readonly headers: Record<string, unknown>; readonly text: string };

/** Nothing is added to what is said here, unlike with fetch. */
function send(url: string, method: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString("latin1"),
        }),
      );
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

function codeOf({ text }: Answer): string | undefined {
  return /<Code>(.*)<\/Code>/.exec(text)?.[1];
}

describe("a presigned PUT", () => {
  const link = (Key: string) =>
    getSignedUrl(s3, new PutObjectCommand({ Bucket, Key, ContentType: "image/png", ContentLength: 5 }), {
      expiresIn: 300,
      signableHeaders: new Set(["host", "content-type", "content-length"]),
    });

  test("takes the type and length that were signed", async () => {
    const url = await link("picture");
    expect((await send(url, "PUT", { "content-type": "image/png", "content-length": "5" }, "12345")).status).toBe(200);
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "picture" }));
    expect(head).toMatchObject({ ContentType: "image/png", ContentLength: 5 });
  });

  test.each([
    { what: "another type", headers: { "content-type": "text/html", "content-length": "5" }, body: "12345" },
    { what: "no type", headers: { "content-length": "5" }, body: "12345" },
    { what: "more bytes", headers: { "content-type": "image/png", "content-length": "6" }, body: "123456" },
    { what: "fewer bytes", headers: { "content-type": "image/png", "content-length": "4" }, body: "1234" },
    { what: "no length", headers: { "content-type": "image/png", "transfer-encoding": "chunked" }, body: "12345" },
  ])("refuses $what", async ({ what, headers, body }) => {
    const Key = `refused ${what}`;
    const answer = await send(await link(Key), "PUT", headers, body);
    expect([answer.status, codeOf(answer)]).toEqual([403, "SignatureDoesNotMatch"]);
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key }))).rejects.toMatchObject({ name: "NotFound" });
  });

  test("is good for its own key, method and bucket only", async () => {
    const url = await link("mine");
    const headers = { "content-type": "image/png", "content-length": "5" };
    expect(codeOf(await send(url.replace("/mine?", "/theirs?"), "PUT", headers, "12345"))).toBe(
      "SignatureDoesNotMatch",
    );
    expect(codeOf(await send(url, "GET"))).toBe("SignatureDoesNotMatch");
    expect(codeOf(await send(url, "DELETE"))).toBe("SignatureDoesNotMatch");
  });
});

describe("a presigned GET", () => {
  const overrides = {
    ResponseCacheControl: "no-store",
    ResponseContentDisposition: 'attachment; filename="a b.txt"',
    ResponseContentEncoding: "identity",
    ResponseContentLanguage: "de",
    ResponseContentType: "text/x-mine",
    ResponseExpires: new Date("2030-01-01T00:00:00Z"),
  };

  beforeAll(() => s3.send(new PutObjectCommand({ Bucket, Key: "o", Body: "0123456789", ContentType: "text/plain" })));

  test("says of the answer what the URL says", async () => {
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "o", ...overrides }));
    const { status, headers, text } = await send(url, "GET");
    expect([status, text]).toEqual([200, "0123456789"]);
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "content-disposition": 'attachment; filename="a b.txt"',
      "content-encoding": "identity",
      "content-language": "de",
      "content-type": "text/x-mine",
      expires: "Tue, 01 Jan 2030 00:00:00 GMT",
    });
  });

  test("gives ranges", async () => {
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "o" }));
    const { status, headers, text } = await send(url, "GET", { range: "bytes=2-4" });
    expect([status, text, headers["content-range"]]).toEqual([206, "234", "bytes 2-4/10"]);
  });

  test.each(["a\r\nSet-Cookie: stolen=1", "nul\u0000", "\u20ac.txt"])(
    "cannot break out of a header: %j",
    async (value) => {
      const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "o", ResponseContentDisposition: value }));
      const answer = await send(url, "GET");
      expect([answer.status, codeOf(answer), answer.headers["set-cookie"]]).toEqual([
        400,
        "InvalidArgument",
        undefined,
      ]);
    },
  );

  test("may override only because it is signed", async () => {
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
    const Statement = [
      { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/*` },
    ];
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }));
    const plain = `${cloud.endpoint}/${Bucket}/o`;
    expect((await send(plain, "GET")).status).toBe(200);
    const answer = await send(`${plain}?response-content-type=text/html`, "GET");
    expect([answer.status, codeOf(answer)]).toEqual([400, "InvalidRequest"]);
  });

  test("ends on the clock", async () => {
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "o" }), { expiresIn: 3600 });
    await cloud.clock.advance("59 minutes");
    expect((await send(url, "GET")).status).toBe(200);
    await cloud.clock.advance("2 minutes");
    const late = await send(url, "GET");
    expect([late.status, codeOf(late)]).toEqual([403, "AccessDenied"]);
    expect(late.text).toContain("<Message>Request has expired</Message><X-Amz-Expires>3600</X-Amz-Expires>");
  });
});
