// What functions behind proxy integrations may answer, as recorded from AWS.

import { describe, expect, test } from "vitest";
import { proxyResponse } from "./proxy-response.ts";

const EMPTY = { status: 200, headers: [], body: "", isBase64: false };

describe("an answer", () => {
  test.each<[string, object]>([
    ['{"statusCode":204}', { ...EMPTY, status: 204 }],
    ['{"statusCode":"201","body":"x"}', { ...EMPTY, status: 201, body: "x" }],
    ['{"headers":{"a":"b"}}', { ...EMPTY, headers: [["a", "b"]] }],
    ['{"statusCode":200,"headers":null,"body":null}', EMPTY],
    [
      '{"statusCode":200,"headers":{"flag":true,"n":1,"none":null}}',
      {
        ...EMPTY,
        headers: [
          ["flag", "true"],
          ["n", "1"],
        ],
      },
    ],
    [
      '{"statusCode":200,"headers":{"A":"solo"},"multiValueHeaders":{"a":["one","two"]}}',
      {
        ...EMPTY,
        headers: [
          ["a", "one"],
          ["a", "two"],
          ["A", "solo"],
        ],
      },
    ],
    [
      '{"statusCode":200,"headers":{"A":"one"},"multiValueHeaders":{"a":["one"]}}',
      { ...EMPTY, headers: [["a", "one"]] },
    ],
    ['{"statusCode":200,"body":"AQ==","isBase64Encoded":true}', { ...EMPTY, body: "AQ==", isBase64: true }],
  ])("%s", (payload, response) => expect(proxyResponse(payload)).toEqual(response));
});

describe("malformed is", () => {
  test.each([
    "{}",
    "[]",
    "null",
    '"text"',
    "not json",
    '{"message":"hi"}',
    '{"statusCode":200,"extra":1}',
    '{"statusCode":"abc"}',
    '{"statusCode":99}',
    '{"statusCode":600}',
    '{"statusCode":200,"body":{}}',
    '{"statusCode":200,"headers":[]}',
    '{"statusCode":200,"headers":{"a":{}}}',
    '{"statusCode":200,"multiValueHeaders":{"a":"b"}}',
  ])("%s", (payload) => expect(proxyResponse(payload)).toBeUndefined());
});
