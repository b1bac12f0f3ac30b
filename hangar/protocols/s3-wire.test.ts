// S3 on the wire: where the bucket is, which operation a URI means without x-id, and its own XML.
import { describe, expect, test } from "vitest";
import { AwsError } from "../kernel/aws-error.ts";
import { loadModel } from "../models/load.ts";
import type { WireRequest } from "./protocol.ts";
import { restXml } from "./rest-xml.ts";
import { s3Address } from "./s3-address.ts";

const s3 = loadModel("s3");
const facts = { requestId: "R", extendedRequestId: "H" };

describe("the bucket", () => {
  test.each([
    ["s3.us-east-1.amazonaws.com", "/b/k", "b", "/k"],
    ["b.s3.us-east-1.amazonaws.com", "/k/l", "b", "/k/l"],
    ["b.s3.amazonaws.com", "/", "b", "/"],
    ["my.dotted.bucket.s3.eu-west-1.localhost:4566", "/k", "my.dotted.bucket", "/k"],
    ["b.s3.localhost:4566", "/k", "b", "/k"],
    ["b.s3.localhost.localstack.cloud:4566", "/k", "b", "/k"],
    ["b.s3-us-west-2.amazonaws.com", "/k", "b", "/k"],
    ["b--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com", "/k", "b--use1-az4--x-s3", "/k"],
    ["s3.localhost.localstack.cloud:4566", "/b/k", "b", "/k"],
    ["localhost:4566", "/b", "b", "/"],
    ["localhost:4566", "/b/", "b", "/"],
    ["localhost:4566", "/b//k", "b", "//k"],
    ["b.localhost:4566", "/c/k", "c", "/k"],
    ["127.0.0.1:4566", "/b/k", "b", "/k"],
    ["[::1]:4566", "/b/k", "b", "/k"],
    ["localhost:4566", "/", undefined, "/"],
    [
      "p-111122223333.s3-accesspoint.us-west-2.amazonaws.com",
      "/k",
      "arn:aws:s3:us-west-2:111122223333:accesspoint/p",
      "/k",
    ],
    [
      "p-1-111122223333.s3-accesspoint-fips.dualstack.us-gov-west-1.amazonaws.com",
      "/",
      "arn:aws:s3:us-gov-west-1:111122223333:accesspoint/p-1",
      "/",
    ],
    ["p-111122223333.localhost:4566", "/k", "p-111122223333", "/k"],
    ["p-0a1b-s3alias.localhost:4566", "/k", "p-0a1b-s3alias", "/k"],
    ["111122223333.localhost:4566", "/b/k", "b", "/k"],
  ])("%s%s", (host, path, bucket, rest) => {
    expect(s3Address(host, path)).toEqual(bucket === undefined ? { path: rest } : { bucket, path: rest });
  });
});

const route = (line: string, headers: Record<string, string> = {}): string => {
  const [method = "", url = ""] = line.split(" ");
  const [path = "", query = ""] = url.split("?");
  const request: WireRequest = { method, host: "localhost", path, query, headers, body: new Uint8Array(0) };
  const found = restXml.route(s3, request);
  return found === undefined ? "none" : `${found.operation} ${JSON.stringify(found.labels)}`;
};

describe("routes without x-id", () => {
  const inBucket = '{"Bucket":"b"}';
  const ofKey = '{"Bucket":"b","Key":"k"}';

  test.each([
    ["GET /", "ListBuckets {}"],
    ["GET /b", `ListObjects ${inBucket}`],
    ["GET /b?list-type=2&prefix=a", `ListObjectsV2 ${inBucket}`],
    ["GET /b?versions", `ListObjectVersions ${inBucket}`],
    ["GET /b?uploads", `ListMultipartUploads ${inBucket}`],
    ["GET /b?location", `GetBucketLocation ${inBucket}`],
    ["GET /b?tagging=", `GetBucketTagging ${inBucket}`],
    ["GET /b?analytics", `ListBucketAnalyticsConfigurations ${inBucket}`],
    ["GET /b?analytics&id=1", `GetBucketAnalyticsConfiguration ${inBucket}`],
    ["PUT /b", `CreateBucket ${inBucket}`],
    ["HEAD /b", `HeadBucket ${inBucket}`],
    ["DELETE /b", `DeleteBucket ${inBucket}`],
    ["POST /b?delete", `DeleteObjects ${inBucket}`],
    ["GET /b/k", `GetObject ${ofKey}`],
    ["GET /b/k?partNumber=1", `GetObject ${ofKey}`],
    ["GET /b/k?uploadId=u", `ListParts ${ofKey}`],
    ["GET /b/k?attributes", `GetObjectAttributes ${ofKey}`],
    ["GET /b/k?tagging", `GetObjectTagging ${ofKey}`],
    ["HEAD /b/k", `HeadObject ${ofKey}`],
    ["PUT /b/k", `PutObject ${ofKey}`],
    ["PUT /b/k?acl", `PutObjectAcl ${ofKey}`],
    ["PUT /b/k?partNumber=1&uploadId=u", `UploadPart ${ofKey}`],
    ["POST /b/k?uploads", `CreateMultipartUpload ${ofKey}`],
    ["POST /b/k?uploadId=u", `CompleteMultipartUpload ${ofKey}`],
    ["DELETE /b/k?uploadId=u", `AbortMultipartUpload ${ofKey}`],
    ["DELETE /b/k", `DeleteObject ${ofKey}`],
    ["POST /b/k?select&select-type=2", `SelectObjectContent ${ofKey}`],
    ["PATCH /b/k", "none"],
  ])("%s", (line, expected) => {
    expect(route(line)).toBe(expected);
  });

  test("a copy is a put with a source", () => {
    expect(route("PUT /b/k", { "x-amz-copy-source": "/a/b" })).toContain("CopyObject");
    expect(route("PUT /b/k?partNumber=1&uploadId=u", { "x-amz-copy-source": "/a/b" })).toContain("UploadPartCopy");
  });

  test.each([
    ["GET /b/a//b/../c/", "a//b/../c/"],
    ["GET /b/a%2Fb%20c+d%C3%A9", "a/b c+dé"],
    ["GET /b//k", "/k"],
    ["GET /b/%25", "%"],
  ])("keys are kept as they are: %s", (line, key) => {
    expect(route(line)).toBe(`GetObject ${JSON.stringify({ Bucket: "b", Key: key })}`);
  });

  test("directory buckets are listed for s3express alone", () => {
    expect(
      route("GET /", { authorization: "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3express/aws4_request" }),
    ).toBe("ListDirectoryBuckets {}");
  });
});

describe("requests", () => {
  const parse = (headers: Record<string, string>, query = ""): Record<string, unknown> => {
    const request: WireRequest = {
      method: "PUT",
      host: "localhost",
      path: "/b/k",
      query,
      headers,
      body: new Uint8Array(0),
    };
    const { Body: _body, ...members } = restXml.parse(
      s3,
      { operation: "PutObject", labels: { Bucket: "b", Key: "k" } },
      request,
    );
    return members;
  };

  test("the transfer coding is no content encoding, and the decoded length counts", () => {
    expect(
      parse({ "content-encoding": "gzip, aws-chunked", "content-length": "99", "x-amz-decoded-content-length": "5" }),
    ).toEqual({
      Bucket: "b",
      Key: "k",
      ContentEncoding: "gzip",
      ContentLength: 5,
    });
  });

  test("a presigned URL may carry headers in its query string", () => {
    expect(parse({}, "X-Amz-Signature=s&x-amz-acl=public-read&x-amz-meta-a=b")).toMatchObject({
      ACL: "public-read",
      Metadata: { a: "b" },
    });
    expect(parse({}, "x-amz-acl=public-read")).not.toHaveProperty("ACL");
  });

  test("XML that does not parse, or has another root, is malformed", () => {
    const tag = (body: string): WireRequest => ({
      method: "PUT",
      host: "localhost",
      path: "/b",
      query: "tagging",
      headers: {},
      body: Buffer.from(body),
    });
    const parseTags = (body: string): unknown =>
      restXml.parse(s3, { operation: "PutBucketTagging", labels: { Bucket: "b" } }, tag(body));
    const good =
      '<?xml version="1.0"?><!-- x --><Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet><Tag><Key>a&amp;b</Key><Value><![CDATA[<c>]]></Value></Tag></TagSet></Tagging>';
    expect(parseTags(good)).toEqual({ Bucket: "b", Tagging: { TagSet: [{ Key: "a&b", Value: "<c>" }] } });
    for (const bad of [
      "<Tagging>",
      "<Tags/>",
      "nonsense",
      "<Tagging></Tags>",
      '<!DOCTYPE a [<!ENTITY b "c">]><Tagging/>',
      "<Tagging>&b;</Tagging>",
    ]) {
      expect(() => parseTags(bad)).toThrow("not well-formed or did not validate");
    }
  });
});

describe("answers", () => {
  test("an error has no wrapper and its own members", () => {
    const error = new AwsError("NoSuchBucket", "The specified bucket does not exist", {
      status: 404,
      members: { BucketName: "b" },
    });
    expect(restXml.serialiseError(s3, "GetObject", error, facts)).toEqual({
      status: 404,
      headers: { server: "AmazonS3", "x-amz-request-id": "R", "x-amz-id-2": "H", "content-type": "application/xml" },
      body: '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message><BucketName>b</BucketName><RequestId>R</RequestId><HostId>H</HostId></Error>',
    });
  });

  test("HEAD and 304 have no body", () => {
    expect(
      restXml.serialiseError(s3, "HeadObject", new AwsError("NotFound", "Not Found", { status: 404 }), facts),
    ).toMatchObject({ status: 404, body: "" });
    expect(
      restXml.serialiseError(s3, "GetObject", new AwsError("NotModified", "Not Modified", { status: 304 }), facts),
    ).toMatchObject({ status: 304, body: "" });
  });

  test("lists have S3's names, namespace and milliseconds", () => {
    const output = {
      Name: "b",
      Contents: [{ Key: "a&b", ETag: '"e"', LastModified: new Date(0) }],
      IsTruncated: false,
    };
    expect(restXml.serialise(s3, "ListObjectsV2", output, facts).body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>false</IsTruncated><Contents><Key>a&amp;b</Key><LastModified>1970-01-01T00:00:00.000Z</LastModified><ETag>&quot;e&quot;</ETag></Contents><Name>b</Name></ListBucketResult>',
    );
  });

  test("the bucket's location is the root itself, empty for us-east-1", () => {
    const place = (output: Record<string, unknown>): unknown =>
      restXml.serialise(s3, "GetBucketLocation", output, facts).body;
    expect(place({})).toContain('<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>');
    expect(place({ LocationConstraint: "eu-west-1" })).toContain(">eu-west-1</LocationConstraint>");
  });

  test("an object is its bytes, its metadata headers", () => {
    const body = new Uint8Array([1]);
    const answer = restXml.serialise(
      s3,
      "GetObject",
      {
        Body: body,
        ContentType: "a/b",
        ETag: '"e"',
        LastModified: new Date(0),
        Metadata: { Who: "me" },
        Expires: "Thu, 01 Jan 1970 00:00:01 GMT",
      },
      facts,
    );
    expect(answer.body).toBe(body);
    expect(answer.headers).toEqual({
      server: "AmazonS3",
      "x-amz-request-id": "R",
      "x-amz-id-2": "H",
      "content-type": "a/b",
      etag: '"e"',
      "last-modified": "Thu, 01 Jan 1970 00:00:00 GMT",
      expires: "Thu, 01 Jan 1970 00:00:01 GMT",
      "x-amz-meta-who": "me",
    });
  });
});
