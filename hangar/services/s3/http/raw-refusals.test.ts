// What S3 refuses of a request's parameters and documents, in its words, as its own answers were recorded.

import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { S3 } from "@aws-sdk/client-s3";
import { errorOf, say, type Raw, type RawAnswer } from "../../../gateway/test-raw.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let s3: S3;
let version: string;
let marker: string;
let upload: string;
const bucket = "/raw-refusals";
const key = `${bucket}/key`;
const Bucket = "raw-refusals";

beforeAll(async () => {
  cloud = await startCloud();
  s3 = new S3({ ...cloud.clientConfig(), forcePathStyle: true });
  await s3.createBucket({ Bucket, ObjectOwnership: "ObjectWriter" });
  await s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: "Enabled" } });
  version = (await s3.putObject({ Bucket, Key: "key", Body: "key" })).VersionId ?? "";
  marker = (await s3.deleteObject({ Bucket, Key: "marked" })).VersionId ?? "";
  upload = (await s3.createMultipartUpload({ Bucket, Key: "key" })).UploadId ?? "";
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

/** The error's parts in order, without what names the request. */
function parts(answer: RawAnswer): string {
  const { RequestId: _request, HostId: _host, ...rest } = errorOf(answer);
  return Object.values(rest).join("|");
}
const send = async (request: Raw): Promise<string> => parts(await say(cloud, request));
const copy = (source: string, query = ""): Raw => ({
  method: "PUT",
  path: `${bucket}/copy`,
  query,
  headers: [["x-amz-copy-source", source]],
});

describe("a version", () => {
  const wrong = "400|InvalidArgument|Invalid version id specified";
  const empty = "400|InvalidArgument|Version id cannot be the empty string";

  test.each([
    ["GET", ""],
    ["GET", "&tagging="],
    ["GET", "&acl="],
    ["DELETE", ""],
  ])("of %s ?versionId%s has an id that S3 gave", async (method, more) => {
    expect(await send({ method, path: key, query: `versionId=abc${more}` })).toBe(`${wrong}|versionId|abc`);
    expect(await send({ method, path: key, query: `versionId=${more}` })).toBe(`${empty}|versionId|`);
  });

  test("to copy has one too, though S3 says so in three ways", async () => {
    const part = `partNumber=1&uploadId=${upload}`;
    const intoPart = (source: string): Raw => ({ ...copy(source, part), path: key });
    expect(await send(copy("raw-refusals/key?versionId="))).toBe(`${empty}|x-amz-copy-source|`);
    expect(await send(copy("raw-refusals/key?versionId=abc"))).toBe("400|InvalidRequest|Invalid Request");
    expect(await send(intoPart("raw-refusals/key?versionId="))).toBe(`${empty}|x-amz-copy-source|`);
    expect(await send(intoPart("raw-refusals/key?versionId=abc"))).toBe(`${wrong}|x-amz-copy-source|abc`);
  });

  test("is never written", async () => {
    const refused = "400|InvalidArgument|This operation does not accept a version-id.|versionId|";
    for (const id of ["", "abc", version]) {
      const query = `versionId=${id}`;
      expect(await send({ method: "PUT", path: key, query, body: "x" })).toBe(`${refused}${id}`);
      const part = `partNumber=1&uploadId=${upload}&${query}`;
      expect(await send({ method: "PUT", path: key, query: part, body: "x" })).toBe(`${refused}${id}`);
    }
  });

  test("that is a delete marker is told of by its id, and where it is read", async () => {
    const list = async (request: Raw): Promise<unknown> => {
      const { headers } = await say(cloud, { ...request, path: `${bucket}/marked` });
      return [headers["allow"], headers["x-amz-delete-marker"], headers["x-amz-version-id"]];
    };
    const acl = [["x-amz-acl", "private"]] as const;
    expect(await list({ method: "PUT", path: "", query: "acl=", headers: acl })).toEqual([
      "DELETE",
      undefined,
      undefined,
    ]);
    const named = { method: "PUT", path: "", query: `acl=&versionId=${marker}`, headers: acl };
    expect(await list(named)).toEqual(["DELETE", "true", marker]);
    expect(await list({ method: "GET", path: "" })).toEqual([undefined, "true", marker]);
  });
});

describe("a query", () => {
  test.each([
    ["GET", "uploads=", "400|InvalidRequest|Key is not expected for the GET method ?uploads subresource"],
    ["GET", "versions=", "400|InvalidRequest|There is no such thing as the ?versions sub-resource for a key"],
    [
      "PUT",
      "partNumber=1",
      "400|InvalidArgument|This operation does not accept partNumber without uploadId|partNumber|1",
    ],
    ["PUT", "uploadId=x", "405|MethodNotAllowed|The specified method is not allowed against this resource.|PUT|OBJECT"],
    [
      "GET",
      "attributes=",
      "400|InvalidRequest|The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty",
    ],
  ])("%s /bucket/key?%s is refused: %s", async (method, query, expected) => {
    expect(await send({ method, path: key, query })).toBe(expected);
  });

  test("that copies has the same rules", async () => {
    expect(await send(copy("raw-refusals/key", `uploadId=${upload}`))).toContain("405|MethodNotAllowed");
    expect(await send(copy("raw-refusals/key", "partNumber=1"))).toContain("without uploadId|partNumber|1");
  });

  test.each(["0", "10001", "-1"])("asks for 1 to 10,000 buckets, not %s", async (max) => {
    expect(await send({ method: "GET", path: "/", query: `max-buckets=${max}` })).toBe(
      `400|InvalidArgument|Argument max-buckets must be an integer between 1 and 10000.|max-buckets|${max}`,
    );
  });

  const null_ = "Value must be a sequence of Unicode characters and cannot include Null.";
  test.each([
    ["max-keys=-1", "max-keys cannot be negative|max-keys"],
    ["max-keys=2147483648", "Provided max-keys not an integer or within integer range|max-keys|2147483648"],
    ["key-marker=a&version-id-marker=", "A version-id marker cannot be empty.|version-id-marker|"],
    ["key-marker=a&version-id-marker=abc", "Invalid version id specified|version-id-marker|abc"],
    ["version-id-marker=abc", "A version-id marker cannot be specified without a key marker.|version-id-marker|abc"],
    ["prefix=%00", `${null_}|prefix|&#x0;`],
    ["delimiter=%00", `${null_}|delimiter|&#x0;`],
    ["key-marker=%00", `${null_}|key-marker|&#x0;`],
  ])("of versions: %s", async (query, expected) => {
    expect(await send({ method: "GET", path: bucket, query: `versions=&${query}` })).toBe(
      `400|InvalidArgument|${expected}`,
    );
  });
});

describe("a document", () => {
  const malformed =
    "400|MalformedXML|The XML you provided was not well-formed or did not validate against our published schema";
  const illegal = "400|IllegalVersioningConfigurationException|The Versioning element must be specified";
  const versioning = (inner: string): string => `<VersioningConfiguration>${inner}</VersioningConfiguration>`;

  test.each([
    ["", "400|MissingRequestBodyError|Request Body is empty"],
    ["  \n ", malformed],
    [versioning("<Status>Enabled</Status><Foo>bar</Foo>"), malformed],
    [versioning("<Status>Enabled</Status><Status>Suspended</Status>"), malformed],
    [versioning("<Status> Enabled </Status>"), malformed],
    [versioning("<Status></Status>"), illegal],
    [versioning(""), illegal],
    [versioning("<Status>Enabled</Status><MfaDelete></MfaDelete>"), "200"],
    [versioning("<Status>Enabled</Status><MfaDelete>disabled</MfaDelete>"), malformed],
  ])("is one of S3's schema, nothing more and nothing twice: %j: %s", async (body, expected) => {
    expect(await send({ method: "PUT", path: bucket, query: "versioning=", body })).toBe(expected);
  });

  test("must be there for each configuration", async () => {
    const none = ["content-md5", createHash("md5").digest("base64")] as const;
    for (const name of ["tagging", "lifecycle", "cors", "website", "encryption", "object-lock", "notification"])
      expect(await send({ method: "PUT", path: bucket, query: `${name}=`, headers: [none] })).toContain(
        "MissingRequest",
      );
  });

  test("that names an object twice deletes it once", async () => {
    const Objects = [
      { Key: "twice" },
      { Key: "twice" },
      { Key: "key", VersionId: version },
      { Key: "key", VersionId: version },
    ];
    const { Deleted = [] } = await s3.deleteObjects({ Bucket, Delete: { Objects } });
    expect(Deleted.map(({ Key, VersionId }) => [Key, VersionId])).toEqual([
      ["twice", undefined],
      ["key", version],
    ]);
    const { DeleteMarkers } = await s3.listObjectVersions({ Bucket, Prefix: "twice" });
    expect(DeleteMarkers).toHaveLength(1);
  });
});

describe("nobody in particular", () => {
  const nobody = async (method: string, path: string, headers: Record<string, string> = {}): Promise<string> => {
    const answer = await fetch(`${cloud.endpoint}${path}`, { method, headers });
    return `${answer.status} ${/<Message>(.*?)<\/Message>/.exec(await answer.text())?.[1] ?? ""}`;
  };

  test.each([
    ["POST", `${key}?uploads`, {}, "Anonymous users cannot initiate multipart uploads. Please authenticate."],
    ["PUT", key, { "x-amz-copy-source": key }, "Anonymous users cannot copy objects. Please authenticate."],
    ["PUT", "/made-by-nobody", {}, "Anonymous users cannot invoke this API. Please authenticate."],
    [
      "PUT",
      `${bucket}?acl`,
      { "x-amz-acl": "private" },
      "Anonymous users cannot invoke this API. Please authenticate.",
    ],
    ["GET", `${bucket}?ownershipControls`, {}, "s3:GetBucketOwnershipControls does not support Anonymous requests!"],
  ])("may not %s %s whatever a policy says", async (method, path, headers, message) => {
    await s3.deletePublicAccessBlock({ Bucket });
    const Statement = [
      {
        Effect: "Allow",
        Principal: "*",
        Action: "s3:*",
        Resource: ["", "/*"].map((each) => `arn:aws:s3:::${Bucket}${each}`),
      },
    ];
    await s3.putBucketPolicy({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
    expect(await nobody(method, path, headers)).toBe(`403 ${message}`);
  });
});
