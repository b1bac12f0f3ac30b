// The JSON protocols' words for input they cannot read, and the forms of their errors.
import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { AwsError } from "../kernel/aws-error.ts";
import { loadModel } from "../models/load.ts";
import { awsJson1_0, awsJson1_1 } from "./json.ts";
import type { WireRequest } from "./protocol.ts";
import { protocolFor } from "./protocol-for.ts";
import { restJson1 } from "./rest-json.ts";

const dynamodb = loadModel("dynamodb");
const facts = { requestId: "r" };

const post = (target: string, body: string): WireRequest => ({
  method: "POST",
  host: "localhost",
  path: "/",
  query: "",
  headers: { "x-amz-target": target, "content-type": "application/x-amz-json-1.0" },
  body: Buffer.from(body),
});

const parsed = (operation: string, body: string): unknown => {
  const request = post(`DynamoDB_20120810.${operation}`, body);
  const route = awsJson1_0.route(dynamodb, request);
  if (route === undefined) throw new Error("no route");
  return awsJson1_0.parse(dynamodb, route, request);
};

const refusal = (operation: string, body: string): string => {
  try {
    return JSON.stringify(parsed(operation, body));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return `${error.code}: ${error.message}`;
  }
};

describe("input of the wrong JSON type is a SerializationException in DynamoDB's words", () => {
  test.each([
    ['{"TableName":true}', "TRUE_VALUE cannot be converted to String"],
    ['{"TableName":23}', "NUMBER_VALUE cannot be converted to String"],
    ['{"TableName":-2.5}', "DECIMAL_VALUE cannot be converted to String"],
    ['{"TableName":[]}', "Unrecognized collection type class java.lang.String"],
    ['{"TableName":{}}', "Start of structure or map found where not expected"],
    ['{"Item":"x"}', "Unexpected field type"],
    ['{"Item":{"a":"x"}}', "Unexpected value type in payload"],
    ['{"Item":{"a":{"B":1}}}', "only base-64-encoded strings are convertible to bytes"],
    ['{"Item":{"a":{"B":"abc"}}}', "Base64 encoded length is expected a multiple of 4 bytes but found: 3"],
    ['{"Item":{"a":{"SS":"x"}}}', "Unexpected field type"],
    ['{"Item":{"a":{"BOOL":"true"}}}', "Unexpected token received from parser"],
    ["[]", "Start of list found where not expected"],
    ["{", "Unexpected token received from parser"],
  ])("%s", (body, message) => {
    expect(refusal("PutItem", body)).toBe(`SerializationException: ${message}`);
  });

  test("a string is no number", () => {
    expect(refusal("Scan", '{"Limit":"1"}')).toBe(
      "SerializationException: STRING_VALUE cannot be converted to Integer",
    );
  });
});

describe("input", () => {
  test("unknown and null members are left out, at any depth", () => {
    expect(
      parsed(
        "PutItem",
        '{"TableName":"t","Nonsense":1,"ReturnValues":null,"Item":{"a":{"M":{"b":{"S":"x","Z":1}}}},"__proto__":{"a":1}}',
      ),
    ).toEqual({
      TableName: "t",
      Item: { a: { M: { b: { S: "x" } } } },
    });
  });

  test("an empty body is an empty input", () => {
    expect(parsed("ListTables", "")).toEqual({});
  });

  test("map keys may be called __proto__", () => {
    const input = parsed("PutItem", '{"Item":{"__proto__":{"S":"x"},"b":{"B":"AA=="}}}') as { Item: object };
    expect(Object.keys(input.Item)).toEqual(["__proto__", "b"]);
    expect(Object.getPrototypeOf(input.Item)).toBe(Object.prototype);
  });

  test("CloudTrail's long target prefix does not matter", () => {
    const request = post("com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", "{}");
    expect(awsJson1_1.route(loadModel("cloudtrail"), request)?.operation).toBe("LookupEvents");
    expect(awsJson1_1.route(loadModel("cloudtrail"), post("CloudTrail_20131101.Nonsense", "{}"))).toBeUndefined();
  });
});

describe("output", () => {
  test("members the shape does not have stay inside, and DynamoDB adds a checksum", () => {
    const output = { Item: { a: { B: new Uint8Array([1, 2]) } }, secret: 1, ConsumedCapacity: undefined };
    const { body, headers } = awsJson1_0.serialise(dynamodb, "GetItem", output, facts);
    expect(body).toBe('{"Item":{"a":{"B":"AQI="}}}');
    expect(headers).toEqual({
      "x-amzn-requestid": "r",
      "content-type": "application/x-amz-json-1.0",
      "x-amz-crc32": String(crc32(body as string)),
    });
  });

  test("times are seconds with milliseconds as fraction", () => {
    const output = { Table: { CreationDateTime: new Date(1_700_000_000_123) } };
    expect(awsJson1_0.serialise(dynamodb, "DescribeTable", output, facts).body).toBe(
      '{"Table":{"CreationDateTime":1700000000.123}}',
    );
  });

  test("what was given is not changed", () => {
    const output = Object.freeze({ Item: Object.freeze({ a: Object.freeze({ B: new Uint8Array(1) }) }) });
    awsJson1_0.serialise(dynamodb, "GetItem", output, facts);
    expect(output).toEqual({ Item: { a: { B: new Uint8Array(1) } } });
  });
});

describe("errors", () => {
  const body = (service: string, error: AwsError): unknown =>
    JSON.parse(awsJson1_0.serialiseError(loadModel(service), undefined, error, facts).body as string);

  test("name DynamoDB's namespace, or its framework's", () => {
    expect(body("dynamodb", new AwsError("ResourceNotFoundException", "Requested resource not found"))).toEqual({
      __type: "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
      message: "Requested resource not found",
    });
    expect(body("dynamodb", new AwsError("ValidationException", "no"))).toEqual({
      __type: "com.amazon.coral.validate#ValidationException",
      message: "no",
    });
    expect(body("dynamodb", new AwsError("SerializationException", "no"))).toEqual({
      __type: "com.amazon.coral.service#SerializationException",
      Message: "no",
    });
  });

  test("carry their members", () => {
    const error = new AwsError("TransactionCanceledException", "no", {
      members: { CancellationReasons: [{ Code: "None" }, { Code: "X", Item: { a: { S: "b" } } }] },
    });
    expect(body("dynamodb", error)).toMatchObject({
      Message: "no",
      CancellationReasons: [{ Code: "None" }, { Code: "X", Item: { a: { S: "b" } } }],
    });
  });

  test("KMS answers 400 where its model says 404", () => {
    expect(
      awsJson1_1.serialiseError(loadModel("kms"), "DescribeKey", new AwsError("NotFoundException", "no"), facts).status,
    ).toBe(400);
  });

  test("SQS names the code it had when it spoke query", () => {
    const { headers, body: text } = awsJson1_0.serialiseError(
      loadModel("sqs"),
      "GetQueueUrl",
      new AwsError("QueueDoesNotExist", "The specified queue does not exist."),
      facts,
    );
    expect(headers["x-amzn-query-error"]).toBe("AWS.SimpleQueueService.NonExistentQueue;Sender");
    expect(JSON.parse(text as string)).toEqual({
      __type: "com.amazonaws.sqs#QueueDoesNotExist",
      message: "The specified queue does not exist.",
    });
  });

  test("Lambda puts the code in a header, takes the model's status and says whose fault it was", () => {
    const error = new AwsError("ResourceNotFoundException", "Function not found", { members: {} });
    const answer = restJson1.serialiseError(loadModel("lambda"), "GetFunction", error, facts);
    expect(answer.status).toBe(404);
    expect(answer.headers["x-amzn-errortype"]).toBe("ResourceNotFoundException");
    expect(JSON.parse(answer.body as string)).toEqual({ Type: "User", Message: "Function not found" });
  });
});

describe("the request decides the protocol", () => {
  const request = (headers: Record<string, string>, query = "", path = "/"): WireRequest => ({
    method: "POST",
    host: "h",
    path,
    query,
    headers,
    body: new Uint8Array(0),
  });

  test.each([
    [
      "sqs",
      request({ "x-amz-target": "AmazonSQS.SendMessage", "content-type": "application/x-amz-json-1.0" }),
      "awsJson1_0",
    ],
    ["sqs", request({ "content-type": "application/x-www-form-urlencoded; charset=utf-8" }), "awsQuery"],
    ["sqs", request({}, "Action=SendMessage"), "awsQuery"],
    [
      "logs",
      request({ "x-amz-target": "Logs_20140328.PutLogEvents", "content-type": "application/x-amz-json-1.1" }),
      "awsJson1_1",
    ],
    [
      "cloudwatch",
      request(
        { "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor" },
        "",
        "/service/GraniteServiceVersion20100801/operation/PutMetricData",
      ),
      "rpcv2Cbor",
    ],
    ["ec2", request({ "content-type": "application/x-www-form-urlencoded" }), "ec2Query"],
    ["lambda", request({ "content-type": "application/json" }), "restJson1"],
    ["s3", request({ "content-type": "application/x-www-form-urlencoded" }), "restXml"],
  ])("%s %#", (service, given, expected) => {
    expect(protocolFor(loadModel(service), given).name).toBe(expected);
  });
});
