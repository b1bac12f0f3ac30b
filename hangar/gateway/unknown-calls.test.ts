// Calls that no service answers, or no service here, and bodies that cannot be read.

import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../index.ts";
import { cbor, form, json, refusal, requests, rest, type Refusal, type Request } from "./test-cloud.ts";

let cloud: RunningCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
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
    expect(await refusal(cloud, request)).toEqual(expected);
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
    expect(await refusal(cloud, request)).toEqual({ status: 501, code: "NotEmulated", message });
  });

  test("an operation is named, with where to read of it", async () => {
    const body = JSON.stringify({ GlobalTableName: "abc", ReplicationGroup: [] });
    const { status, code, message } = await refusal(
      cloud,
      json("dynamodb", "DynamoDB_20120810.StartBulkPutItems", body),
    );
    expect([status, code]).toEqual([501, "NotEmulated"]);
    expect(message).toMatch(
      /^Hangar does not emulate dynamodb:StartBulkPutItems yet\. See https:\/\/docs\.aws\.amazon\.com\//,
    );
  });
});

describe("bodies", () => {
  test("gzip that is none is the sender's fault", async () => {
    const request = requests.DynamoDB;
    const headers = { ...request.headers, "content-encoding": "gzip" };
    expect(await refusal(cloud, { ...request, headers })).toMatchObject({
      status: 400,
      code: "SerializationException",
    });
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
