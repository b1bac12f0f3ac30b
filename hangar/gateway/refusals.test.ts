// What is refused before any operation runs, in AWS's words and in the protocol of the caller.

import { Decoder } from "cbor-x";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../index.ts";
import { presign, sign } from "../protocols/sigv4-sign.ts";

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

type Request = {
  readonly service: string;
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

function json(service: string, target: string, body = "{}"): Request {
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
  return { service, method: "POST", path: "/", headers, body };
}

function form(service: string, body: string): Request {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return { service, method: "POST", path: "/", headers, body };
}

function rest(service: string, path: string, method = "GET"): Request {
  return { service, method, path };
}

function cbor(operation: string): Request {
  const headers = { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" };
  const path = `/service/GraniteServiceVersion20100801/operation/${operation}`;
  return { service: "monitoring", method: "POST", path, headers };
}

type Signing = {
  readonly on?: RunningCloud;
  readonly key?: string;
  readonly secret?: string;
  readonly now?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly unsigned?: true;
};

async function send(request: Request, signing: Signing = {}): Promise<Response> {
  const { endpoint } = signing.on ?? cloud;
  const { service, method, path, query = "", body } = request;
  const headers = { host: new URL(endpoint).host, ...request.headers };
  const signer = {
    accessKeyId: signing.key ?? "test",
    secretAccessKey: signing.secret ?? "test",
    region: "us-east-1",
    service,
    now: signing.now ?? Date.now(),
  };
  const signed = signing.unsigned === true ? headers : sign({ method, path, query, headers, body }, signer);
  return fetch(`${endpoint}${path}${query === "" ? "" : `?${query}`}`, {
    method,
    headers: { ...signed, ...signing.headers },
    body: body ?? null,
  });
}

type Refusal = { readonly status: number; readonly code: string; readonly message: string };

/** Read as the clients of each protocol do. */
async function refusal(request: Request, signing?: Signing): Promise<Refusal> {
  const answer = await send(request, signing);
  const type = answer.headers.get("content-type") ?? "";
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(answer.headers.get("x-amzn-requestid") ?? answer.headers.get("x-amz-request-id") ?? bytes.toString()).toMatch(
    /[0-9A-Za-z-]{16,}/,
  );
  if (type.includes("xml")) {
    const text = bytes.toString();
    const part = (name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? "";
    return { status: answer.status, code: part("Code"), message: part("Message").replaceAll("&apos;", "'") };
  }
  const body = (
    type.includes("cbor")
      ? new Decoder({ useRecords: false, mapsAsObjects: true }).decode(bytes)
      : JSON.parse(bytes.toString())
  ) as {
    __type?: string;
    message?: string;
    Message?: string;
  };
  const code = body.__type ?? answer.headers.get("x-amzn-errortype") ?? "";
  return {
    status: answer.status,
    code: code.slice(code.indexOf("#") + 1),
    message: body.message ?? body.Message ?? "",
  };
}

const requests = {
  DynamoDB: json("dynamodb", "DynamoDB_20120810.ListTables"),
  KMS: json("kms", "TrentService.ListKeys"),
  IAM: form("iam", "Action=ListUsers&Version=2010-05-08"),
  EC2: form("ec2", "Action=DescribeVpcs&Version=2016-11-15"),
  Lambda: rest("lambda", "/2015-03-31/functions"),
  S3: rest("s3", "/"),
  CloudWatch: cbor("ListMetrics"),
} as const;
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
    expect(await refusal(requests[name], { secret: "other" })).toEqual(expected);
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
    const early = await refusal(requests[name], { now: Date.now() - 16 * 60_000 });
    expect(early).toMatchObject({ status, code });
    expect(early.message).toMatch(
      /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)$/,
    );
    const late = await refusal(requests[name], { now: Date.now() + 16 * 60_000 });
    expect(late.message).toMatch(/^Signature not yet current: .* is still later than .* \(.* \+ 15 min\.\)$/);
  });

  test("S3 says RequestTimeTooSkewed, with its own time for the client to go by", async () => {
    const answer = await send(requests.S3, { now: Date.now() - 16 * 60_000 });
    const text = await answer.text();
    expect(answer.status).toBe(403);
    expect(text).toContain("<Code>RequestTimeTooSkewed</Code>");
    expect(text).toMatch(/<ServerTime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ<\/ServerTime>/);
    expect(text).toContain("<MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds>");
  });

  test.each(Object.keys(requests) as Name[])("%s takes one that is off by 14 minutes", async (name) => {
    for (const off of [-14, 14]) {
      const answer = await send(requests[name], { now: Date.now() + off * 60_000 });
      expect([200, 501]).toContain(answer.status);
    }
  });

  test("a client goes by the host's time whatever the world's clock shows", async () => {
    await using moved = await startCloud();
    await moved.clock.advance("3 days");
    expect((await send(requests.IAM, { on: moved })).status).toBe(200);
    moved.clock.hold();
    await moved.clock.advance("3 days");
    expect((await send(requests.IAM, { on: moved })).status).toBe(200);
    expect((await send(requests.IAM, { on: moved, now: moved.clock.now() })).status).toBe(200);
    expect((await send(requests.IAM, { on: moved, now: moved.clock.now() + 86_400_000 })).status).toBe(403);
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
    expect(await refusal(requests[name], { on: strict })).toEqual(expected);
  });

  test("elsewhere it is its account's root user, whatever the secret", async () => {
    const identity = form("sts", "Action=GetCallerIdentity&Version=2011-06-15");
    const of = async (key: string): Promise<string> => (await send(identity, { key, secret: "anything" })).text();
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
    expect(await refusal(requests[name], { unsigned: true })).toEqual(expected);
  });
});

describe("an Authorization header that is no such thing", () => {
  test.each<[Name, number, string]>([
    ["DynamoDB", 400, "IncompleteSignatureException"],
    ["IAM", 400, "IncompleteSignature"],
  ])("%s names what it lacks", async (name, status, code) => {
    const answer = await refusal(requests[name], {
      headers: { authorization: "AWS4-HMAC-SHA256 Credential=x/y, Signature=z" },
    });
    expect(answer).toMatchObject({ status, code });
    expect(answer.message).toContain("Authorization header requires 'SignedHeaders' parameter.");
    expect(answer.message).toContain(
      "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'x/y'",
    );
  });

  test("S3 calls it malformed", async () => {
    expect(await refusal(requests.S3, { headers: { authorization: "AWS4-HMAC-SHA256 Credential=x" } })).toMatchObject({
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

  test("an S3 URL holds as long as it says, by the world's clock", async () => {
    await using own = await startCloud();
    expect((await presigned("s3", "", 60, own)).status).toBe(200);
    const { host } = new URL(own.endpoint);
    const query = presign(
      { method: "GET", path: "/", query: "", headers: { host } },
      { ...signer, service: "s3", now: Date.now() },
      60,
    );
    await own.clock.advance("2 minutes");
    const late = await (await fetch(`${own.endpoint}/?${query}`)).text();
    expect(late).toContain("<Code>AccessDenied</Code><Message>Request has expired</Message>");
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

describe("what no service does", () => {
  test.each<[string, Request, Refusal]>([
    [
      "awsJson1.0",
      json("dynamodb", "DynamoDB_20120810.Nope"),
      { status: 400, code: "UnknownOperationException", message: "" },
    ],
    ["awsJson1.1", json("kms", "TrentService.Nope"), { status: 400, code: "UnknownOperationException", message: "" }],
    [
      "awsQuery",
      form("iam", "Action=Nope&Version=2010-05-08"),
      { status: 400, code: "InvalidAction", message: "Could not find operation Nope for version 2010-05-08" },
    ],
    [
      "awsQuery, another version",
      form("iam", "Action=Nope&Version=1999-01-01"),
      { status: 400, code: "InvalidAction", message: "Could not find operation Nope for version 1999-01-01" },
    ],
    [
      "ec2Query",
      form("ec2", "Action=Nope&Version=2016-11-15"),
      { status: 400, code: "InvalidAction", message: "Could not find operation Nope for version 2016-11-15" },
    ],
    [
      "restJson1",
      rest("lambda", "/2015-03-31/nothings"),
      {
        status: 404,
        code: "UnknownOperationException",
        message: "No operation of lambda is GET /2015-03-31/nothings.",
      },
    ],
    [
      "S3",
      rest("s3", "/", "PATCH"),
      { status: 405, code: "MethodNotAllowed", message: "The specified method is not allowed against this resource." },
    ],
    [
      "rpcv2Cbor",
      cbor("Nope"),
      {
        status: 404,
        code: "UnknownOperationException",
        message: "No operation of cloudwatch is POST /service/GraniteServiceVersion20100801/operation/Nope.",
      },
    ],
  ])("%s", async (_name, request, expected) => {
    expect(await refusal(request)).toEqual(expected);
  });
});

describe("what Hangar does not do", () => {
  const says = (what: string): string => `Hangar does not emulate ${what} yet.`;

  test.each<[string, Request, string]>([
    ["a service of AWS, awsJson", json("bedrock", "Bedrock.Converse"), says("the service bedrock")],
    ["a service of AWS, restJson", rest("bedrock", "/model/x/converse", "POST"), says("the service bedrock")],
    ["a service of AWS, awsQuery", form("sdb", "Action=ListDomains&Version=2009-04-15"), says("the service sdb")],
    ["a service with a model only, ec2Query", requests.EC2, says("the service ec2")],
  ])("%s", async (_name, request, message) => {
    expect(await refusal(request)).toEqual({ status: 501, code: "NotEmulated", message });
  });

  test("an operation is named, with where to read of it", async () => {
    const body = JSON.stringify({ GlobalTableName: "abc", ReplicationGroup: [] });
    const { status, code, message } = await refusal(json("dynamodb", "DynamoDB_20120810.CreateGlobalTable", body));
    expect([status, code]).toEqual([501, "NotEmulated"]);
    expect(message).toMatch(
      /^Hangar does not emulate dynamodb:CreateGlobalTable yet\. See https:\/\/docs\.aws\.amazon\.com\//,
    );
  });
});

describe("bodies", () => {
  test("gzip that is none is the sender's fault", async () => {
    const request = requests.DynamoDB;
    const headers = { ...request.headers, "content-encoding": "gzip" };
    expect(await refusal({ ...request, headers })).toMatchObject({ status: 400, code: "SerializationException" });
  });

  test.each(["POST / HTTP/1.1", "PUT /bucket/key HTTP/1.1"])("%s that breaks off is no bug of ours", async (line) => {
    const before = cloud.trace.spans().length;
    const socket = connect(cloud.port, "127.0.0.1");
    socket.write(
      `${line}\r\nHost: localhost\r\nContent-Length: 100000\r\nAuthorization: ${signature}\r\nX-Amz-Date: ${date}\r\nX-Amz-Content-Sha256: UNSIGNED-PAYLOAD\r\n\r\npart`,
    );
    await new Promise((resolve) => setTimeout(resolve, 30));
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(cloud.bugs).toEqual([]);
    expect(
      cloud.trace
        .spans()
        .slice(before)
        .every((span) => span.elapsed !== undefined),
    ).toBe(true);
  });

  const date = new Date().toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
  const signature = `AWS4-HMAC-SHA256 Credential=any/${date.slice(0, 8)}/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00`;
});
