// AWS's documented signatures hold, and what it says about those that do not.
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { AwsError } from "../kernel/aws-error.ts";
import { presign, sign } from "./sigv4-sign.ts";
import { parseCredential, verify, type Verification } from "./sigv4.ts";
import type { SignatureDialect } from "./sigv4-errors.ts";

const secretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const may24 = Date.UTC(2013, 4, 24);
const august30 = Date.UTC(2015, 7, 30, 12, 36);

type Request = Verification["request"];

// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
const getObject: Request = {
  method: "GET",
  host: "examplebucket.s3.amazonaws.com",
  path: "/test.txt",
  query: "",
  headers: {
    host: "examplebucket.s3.amazonaws.com",
    range: "bytes=0-9",
    "x-amz-content-sha256": empty,
    "x-amz-date": "20130524T000000Z",
    authorization:
      "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  },
};
const putObject: Request = {
  method: "PUT",
  host: "examplebucket.s3.amazonaws.com",
  path: "/test$file.text",
  query: "",
  headers: {
    host: "examplebucket.s3.amazonaws.com",
    date: "Fri, 24 May 2013 00:00:00 GMT",
    "x-amz-date": "20130524T000000Z",
    "x-amz-storage-class": "REDUCED_REDUNDANCY",
    "x-amz-content-sha256": "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
    authorization:
      "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
  },
};
const listObjects: Request = {
  method: "GET",
  host: "examplebucket.s3.amazonaws.com",
  path: "/",
  query: "max-keys=2&prefix=J",
  headers: {
    host: "examplebucket.s3.amazonaws.com",
    "x-amz-content-sha256": empty,
    "x-amz-date": "20130524T000000Z",
    authorization:
      "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
  },
};
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
const presigned: Request = {
  method: "GET",
  host: "examplebucket.s3.amazonaws.com",
  path: "/test.txt",
  query:
    "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
  headers: { host: "examplebucket.s3.amazonaws.com" },
};
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-signing.html and the General Reference before it
const listUsers: Request = {
  method: "GET",
  host: "iam.amazonaws.com",
  path: "/",
  query: "Action=ListUsers&Version=2010-05-08",
  headers: {
    host: "iam.amazonaws.com",
    "content-type": "application/x-www-form-urlencoded; charset=utf-8",
    "x-amz-date": "20150830T123600Z",
    authorization:
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
  },
};
const iamSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

type Checking = {
  readonly now?: number;
  readonly dialect?: SignatureDialect;
  readonly secret?: string;
  readonly body?: Uint8Array;
};

const check = (
  request: Request,
  { now = may24, dialect = "s3", secret = secretAccessKey, body }: Checking = {},
): unknown => {
  const credential = parseCredential(request);
  if (credential === undefined) return "anonymous";
  return verify({ request, credential, secretAccessKey: secret, dialect, now, body });
};

const refusal = (request: Request, checking?: Checking): string => {
  try {
    check(request, checking);
    return "none";
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return `${error.status} ${error.code}: ${error.message}`;
  }
};

describe("documented signatures", () => {
  test.each([
    ["GET Object with a range", getObject],
    ["PUT Object with a dollar sign in its key", putObject],
    ["GET Bucket (List Objects)", listObjects],
    ["a presigned GET", presigned],
  ])("%s", (_name, request) => {
    expect(refusal(request)).toBe("none");
  });

  test("IAM ListUsers", () => {
    expect(refusal(listUsers, { now: august30, dialect: "query", secret: iamSecret, body: new Uint8Array(0) })).toBe(
      "none",
    );
  });
});

describe("refusals", () => {
  const stated = "Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

  test.each<readonly [string, Request, Checking, string]>([
    [
      "S3, another secret",
      getObject,
      { secret: "x" },
      "403 SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    ],
    [
      "query, another secret",
      listUsers,
      { now: august30, dialect: "query", secret: "x" },
      `403 SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. ${stated}`,
    ],
    [
      "JSON, another secret",
      listUsers,
      { now: august30, dialect: "json", secret: "x" },
      `400 InvalidSignatureException: The request signature we calculated does not match the signature you provided. ${stated}`,
    ],
    [
      "S3, a clock off by 16 minutes",
      getObject,
      { now: may24 + 16 * 60_000 },
      "403 RequestTimeTooSkewed: The difference between the request time and the current time is too large.",
    ],
    [
      "query, too late",
      listUsers,
      { now: august30 + 16 * 60_000, dialect: "query", secret: iamSecret },
      "403 SignatureDoesNotMatch: Signature expired: 20150830T123600Z is now earlier than 20150830T123700Z (20150830T125200Z - 15 min.)",
    ],
    [
      "query, too early",
      listUsers,
      { now: august30 - 16 * 60_000, dialect: "query", secret: iamSecret },
      "403 SignatureDoesNotMatch: Signature not yet current: 20150830T123600Z is still later than 20150830T123500Z (20150830T122000Z + 15 min.)",
    ],
    [
      "S3, a credential of another day",
      { ...getObject, headers: { ...getObject.headers, "x-amz-date": "20130525T000000Z" } },
      {},
      '400 AuthorizationHeaderMalformed: The authorization header is malformed; Invalid credential date "20130524". This date is not the same as X-Amz-Date: "20130525".',
    ],
    [
      "a presigned URL of another day",
      { ...presigned, query: presigned.query.replace("X-Amz-Date=20130524", "X-Amz-Date=20130525") },
      {},
      '400 AuthorizationQueryParametersError: Invalid credential date "20130524". This date is not the same as X-Amz-Date: "20130525".',
    ],
    [
      "a presigned URL beside an Authorization header",
      { ...presigned, headers: { ...presigned.headers, authorization: "Bearer x" } },
      {},
      "400 InvalidArgument: Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified",
    ],
    ["a presigned URL after its time", presigned, { now: may24 + 86_401_000 }, "403 AccessDenied: Request has expired"],
    [
      "a body other than its hash",
      getObject,
      { body: Buffer.from("x") },
      "400 XAmzContentSHA256Mismatch: The provided 'x-amz-content-sha256' header does not match what was computed.",
    ],
  ])("%s", (_name, request, checking, expected) => {
    expect(refusal(request, checking)).toBe(expected);
  });

  test("14 minutes off is within AWS's tolerance", () => {
    expect(refusal(getObject, { now: may24 + 14 * 60_000 })).toBe("none");
  });

  test("S3 refuses x-amz headers that are not signed", () => {
    expect(refusal({ ...getObject, headers: { ...getObject.headers, "x-amz-acl": "public-read" } })).toBe(
      "403 AccessDenied: There were headers present in the request which were not signed",
    );
  });

  test.each([
    [
      "X-Amz-Expires=604801",
      "400 AuthorizationQueryParametersError: X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds",
    ],
    ["X-Amz-Expires=-1", "400 AuthorizationQueryParametersError: X-Amz-Expires must be non-negative"],
    ["X-Amz-Expires=soon", "400 AuthorizationQueryParametersError: X-Amz-Expires should be a number"],
    [
      "",
      "400 AuthorizationQueryParametersError: Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
    ],
  ])("a presigned URL with %j", (expires, expected) => {
    expect(refusal({ ...presigned, query: presigned.query.replace("X-Amz-Expires=86400", expires) })).toBe(expected);
  });

  test("a mangled Authorization header", () => {
    const mangled = (service: Request): Request => ({
      ...service,
      headers: { ...service.headers, authorization: "AWS4-HMAC-SHA256 Credential=a/b" },
    });
    expect(refusal(mangled(listUsers))).toMatch(
      /^400 IncompleteSignature: Authorization header requires 'Signature' parameter\. Authorization header requires 'SignedHeaders' parameter\./,
    );
  });
});

describe("our own signatures", () => {
  const signer = {
    accessKeyId: "AKIDEXAMPLE",
    secretAccessKey,
    region: "eu-west-1",
    service: "s3",
    now: may24,
    sessionToken: "a token/+=",
  };
  const base = {
    method: "PUT",
    path: "/b/a%20key%2Bwith//two..dots",
    query: "x-id=PutObject",
    headers: { host: "localhost:4566" },
  };

  test("sign() is what verify() takes", () => {
    const headers = sign({ ...base, body: "hello" }, signer);
    expect(refusal({ ...base, host: "localhost:4566", headers }, { body: Buffer.from("hello") })).toBe("none");
    expect(parseCredential({ headers, query: "" })?.sessionToken).toBe("a token/+=");
  });

  test("presign() is what verify() takes", () => {
    const query = presign(base, signer, 60);
    expect(refusal({ ...base, host: "localhost:4566", query })).toBe("none");
    expect(
      refusal({ ...base, host: "localhost:4566", query: query.replace("x-id=PutObject", "x-id=GetObject") }),
    ).toContain("SignatureDoesNotMatch");
  });
});

describe("signature version 2 in S3's query string", () => {
  const end = may24 / 1000 + 60;
  const signed = (text: string): string =>
    encodeURIComponent(createHmac("sha1", secretAccessKey).update(text).digest("base64"));
  const request = (query: string): Request => ({
    method: "GET",
    host: "localhost",
    path: "/bucket/a%20key",
    query,
    headers: { host: "localhost" },
  });
  const query = `AWSAccessKeyId=AKIDEXAMPLE&Expires=${end}&versionId=7&Signature=${signed(`GET\n\n\n${end}\n/bucket/a%20key?versionId=7`)}`;

  test("holds until its second", () => {
    expect(refusal(request(query))).toBe("none");
    expect(refusal(request(query), { now: may24 + 61_000 })).toBe("403 AccessDenied: Request has expired");
    expect(refusal(request(query.replace("versionId=7", "versionId=8")))).toContain("SignatureDoesNotMatch");
  });
});

describe("the SDK's presigned URLs", () => {
  test("hold, with what they hoist into the query string", async () => {
    const client = new S3Client({
      region: "us-east-1",
      endpoint: "http://localhost:4566",
      forcePathStyle: true,
      credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey, sessionToken: "t/+=" },
    });
    const command = new PutObjectCommand({
      Bucket: "a-bucket",
      Key: "a key/ü+&=~'()*",
      ContentType: "text/plain",
      ACL: "public-read",
      Metadata: { who: "me" },
    });
    const url = new URL(
      await getSignedUrl(client, command, {
        expiresIn: 60,
        signingDate: new Date(may24),
        signableHeaders: new Set(["content-type"]),
      }),
    );
    const headers = { host: url.host, "content-type": "text/plain" };
    const request: Request = { method: "PUT", host: url.host, path: url.pathname, query: url.search.slice(1), headers };
    expect(refusal(request, { now: may24 + 30_000 })).toBe("none");
    expect(refusal(request, { now: may24 + 61_000 })).toBe("403 AccessDenied: Request has expired");
    expect(refusal({ ...request, path: "/a-bucket/other" })).toContain("SignatureDoesNotMatch");
  });
});
