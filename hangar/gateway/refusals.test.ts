// Signatures that do not hold, keys that nobody knows: refused in AWS's words and in the protocol of the caller.

import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../index.ts";
import { presign, sign } from "../protocols/sigv4-sign.ts";
import { form, refusal, requests, send, type Refusal } from "./test-cloud.ts";

let cloud: RunningCloud;
let strict: RunningCloud;
beforeAll(async () => {
  cloud = await startCloud();
  strict = await startCloud({ strict: true });
});
afterAll(async () => {
  expect([...cloud.bugs, ...strict.bugs]).toEqual([]);
  await cloud.close();
  await strict.close();
});

type Name = keyof typeof requests;

const consult = "Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
const mismatch = `The request signature we calculated does not match the signature you provided. ${consult}`;
const s3Mismatch =
  "The request signature we calculated does not match the signature you provided. Check your key and signing method.";
const invalid = "The security token included in the request is invalid.";
const missing = "Request is missing Authentication Token";

describe("a signature made with another secret", () => {
  test.each<[Name, Refusal]>([
    ["DynamoDB", { status: 400, code: "InvalidSignatureException", message: mismatch }],
    ["KMS", { status: 400, code: "InvalidSignatureException", message: mismatch }],
    ["IAM", { status: 403, code: "SignatureDoesNotMatch", message: mismatch }],
    ["EC2", { status: 403, code: "SignatureDoesNotMatch", message: mismatch }],
    ["Lambda", { status: 403, code: "InvalidSignatureException", message: mismatch }],
    ["S3", { status: 403, code: "SignatureDoesNotMatch", message: s3Mismatch }],
    ["CloudWatch", { status: 400, code: "InvalidSignatureException", message: mismatch }],
  ])("%s", async (name, expected) => {
    expect(await refusal(cloud, requests[name], { secret: "other" })).toEqual(expected);
  });

  test("a body that was changed on its way no longer has its signature", async () => {
    const { endpoint } = cloud;
    const request = requests.IAM;
    const headers = sign(
      {
        method: "POST",
        path: "/",
        query: "",
        headers: { host: new URL(endpoint).host, ...request.headers },
        body: "x",
      },
      { accessKeyId: "test", secretAccessKey: "test", region: "us-east-1", service: "iam", now: Date.now() },
    );
    const answer = await fetch(endpoint, { method: "POST", headers, body: request.body ?? "" });
    expect(await answer.text()).toContain("<Code>SignatureDoesNotMatch</Code>");
  });
});

describe("a date that is off by more than 15 minutes", () => {
  test.each<[Name, number, string]>([
    ["DynamoDB", 400, "InvalidSignatureException"],
    ["IAM", 403, "SignatureDoesNotMatch"],
    ["Lambda", 403, "InvalidSignatureException"],
    ["CloudWatch", 400, "InvalidSignatureException"],
  ])("%s says what it was and what it may be", async (name, status, code) => {
    const early = await refusal(cloud, requests[name], { now: Date.now() - 16 * 60_000 });
    expect(early).toMatchObject({ status, code });
    expect(early.message).toMatch(
      /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)$/,
    );
    const late = await refusal(cloud, requests[name], { now: Date.now() + 16 * 60_000 });
    expect(late.message).toMatch(/^Signature not yet current: .* is still later than .* \(.* \+ 15 min\.\)$/);
  });

  test("S3 says RequestTimeTooSkewed, with its own time for the client to go by", async () => {
    const answer = await send(cloud, requests.S3, { now: Date.now() - 16 * 60_000 });
    const text = await answer.text();
    expect(answer.status).toBe(403);
    expect(text).toContain("<Code>RequestTimeTooSkewed</Code>");
    expect(text).toMatch(/<ServerTime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ<\/ServerTime>/);
    expect(text).toContain("<MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds>");
  });

  test.each(Object.keys(requests) as Name[])("%s takes one that is off by 14 minutes", async (name) => {
    for (const off of [-14, 14]) {
      const answer = await send(cloud, requests[name], { now: Date.now() + off * 60_000 });
      expect([200, 501]).toContain(answer.status);
    }
  });

  test("a client goes by the host's time whatever the world's clock shows", async () => {
    await using moved = await startCloud();
    await moved.clock.advance("3 days");
    expect((await send(moved, requests.IAM)).status).toBe(200);
    moved.clock.hold();
    await moved.clock.advance("3 days");
    expect((await send(moved, requests.IAM)).status).toBe(200);
    expect((await send(moved, requests.IAM, { now: moved.clock.now() })).status).toBe(200);
    expect((await send(moved, requests.IAM, { now: moved.clock.now() + 86_400_000 })).status).toBe(403);
  });
});

describe("a key that nobody issued, where only issued keys count", () => {
  test.each<[Name, Refusal]>([
    ["DynamoDB", { status: 400, code: "UnrecognizedClientException", message: invalid }],
    ["IAM", { status: 403, code: "InvalidClientTokenId", message: invalid }],
    ["EC2", { status: 403, code: "InvalidClientTokenId", message: invalid }],
    ["Lambda", { status: 403, code: "UnrecognizedClientException", message: invalid }],
    [
      "S3",
      {
        status: 403,
        code: "InvalidAccessKeyId",
        message: "The AWS Access Key Id you provided does not exist in our records.",
      },
    ],
    ["CloudWatch", { status: 400, code: "UnrecognizedClientException", message: invalid }],
  ])("%s", async (name, expected) => {
    expect(await refusal(strict, requests[name])).toEqual(expected);
  });

  test("elsewhere it is its account's root user, whatever the secret", async () => {
    const identity = form("sts", "Action=GetCallerIdentity&Version=2011-06-15");
    const of = async (key: string): Promise<string> =>
      (await send(cloud, identity, { key, secret: "anything" })).text();
    expect(await of("foo")).toContain("<Arn>arn:aws:iam::000000000000:root</Arn>");
    expect(await of("123456789012")).toContain("<Arn>arn:aws:iam::123456789012:root</Arn>");
  });
});

describe("a request without a signature", () => {
  test.each<[Name, Refusal]>([
    ["DynamoDB", { status: 400, code: "MissingAuthenticationTokenException", message: missing }],
    ["KMS", { status: 400, code: "MissingAuthenticationTokenException", message: missing }],
    ["IAM", { status: 403, code: "MissingAuthenticationToken", message: missing }],
    ["S3", { status: 403, code: "AccessDenied", message: "Access Denied" }],
  ])("%s", async (name, expected) => {
    expect(await refusal(cloud, requests[name], { unsigned: true })).toEqual(expected);
  });
});

describe("an Authorization header that is no such thing", () => {
  test.each<[Name, number, string]>([
    ["DynamoDB", 400, "IncompleteSignatureException"],
    ["IAM", 400, "IncompleteSignature"],
  ])("%s names what it lacks", async (name, status, code) => {
    const answer = await refusal(cloud, requests[name], {
      headers: { authorization: "AWS4-HMAC-SHA256 Credential=x/y, Signature=z" },
    });
    expect(answer).toMatchObject({ status, code });
    expect(answer.message).toContain("Authorization header requires 'SignedHeaders' parameter.");
    expect(answer.message).toContain(
      "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'x/y'",
    );
  });

  test("S3 calls it malformed", async () => {
    expect(
      await refusal(cloud, requests.S3, { headers: { authorization: "AWS4-HMAC-SHA256 Credential=x" } }),
    ).toMatchObject({
      status: 400,
      code: "AuthorizationHeaderMalformed",
    });
  });
});

describe("presigned", () => {
  const signer = { accessKeyId: "test", secretAccessKey: "test", region: "us-east-1" };

  async function presigned(service: string, query: string, seconds: number, on: RunningCloud): Promise<Response> {
    const { host } = new URL(on.endpoint);
    const request = { method: "GET", path: "/", query, headers: { host } };
    const signed = presign(request, { ...signer, service, now: Date.now() }, seconds);
    return fetch(`${on.endpoint}/?${signed}`);
  }

  test.each([
    ["test", "test"],
    ["111122223333", "nobody issued it, so that its signature cannot be checked"],
  ])("an S3 URL of %s holds as long as it says, by the world's clock", async (accessKeyId, secretAccessKey) => {
    await using own = await startCloud();
    const { host } = new URL(own.endpoint);
    const query = presign(
      { method: "GET", path: "/", query: "", headers: { host } },
      { ...signer, accessKeyId, secretAccessKey, service: "s3", now: Date.now() },
      60,
    );
    expect((await fetch(`${own.endpoint}/?${query}`)).status).toBe(200);
    await own.clock.advance("2 minutes");
    const late = await (await fetch(`${own.endpoint}/?${query}`)).text();
    expect(late).toContain("<Code>AccessDenied</Code><Message>Request has expired</Message>");
  });

  test("S3 names the region that a signature for none should have been for", async () => {
    const { host } = new URL(cloud.endpoint);
    const request = { method: "GET", path: "/", query: "", headers: { host } };
    const query = presign(request, { ...signer, region: "US", service: "s3", now: Date.now() }, 60);
    const answer = await fetch(`${cloud.endpoint}/?${query}`);
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining(
        "<Code>AuthorizationQueryParametersError</Code><Message>Error parsing the X-Amz-Credential parameter; the region &apos;US&apos; is wrong; expecting &apos;us-east-1&apos;</Message><Region>us-east-1</Region>",
      ),
    ]);
    const s3 = new S3Client({ ...cloud.clientConfig(), region: "nowhere-1" });
    await expect(s3.send(new ListBucketsCommand())).rejects.toMatchObject({
      name: "AuthorizationHeaderMalformed",
      message: "The authorization header is malformed; the region 'nowhere-1' is wrong; expecting 'us-east-1'",
      Region: "us-east-1",
    });
  });

  test("a URL for STS tells who signed it", async () => {
    const answer = await presigned("sts", "Action=GetCallerIdentity&Version=2011-06-15", 60, cloud);
    expect(await answer.text()).toContain("<Arn>arn:aws:iam::000000000000:root</Arn>");
  });

  test("a URL of which a letter was changed is refused", async () => {
    const { host } = new URL(cloud.endpoint);
    const query = presign(
      { method: "GET", path: "/", query: "", headers: { host } },
      { ...signer, service: "s3", now: Date.now() },
      60,
    );
    const answer = await fetch(`${cloud.endpoint}/?${query}&x=y`);
    expect([answer.status, /<Code>(\w+)/.exec(await answer.text())?.[1]]).toEqual([403, "SignatureDoesNotMatch"]);
  });
});
