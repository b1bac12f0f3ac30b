// What the answers of functions become, format by format.

import { describe, expect, test } from "vitest";
import { responseOf1, responseOf2 } from "./lambda-answer.ts";

const text = "text/plain; charset=utf-8";

describe("format 2.0", () => {
  test.each<[string, unknown, unknown]>([
    ["a structure without a status is the body", { a: 1 }, [200, [["content-type", "application/json"]], '{"a":1}']],
    ["a text is the body", "hello", [200, [["content-type", "application/json"]], "hello"]],
    ["a list is the body", [1, 2], [200, [["content-type", "application/json"]], "[1,2]"]],
    ["a status alone has no body", { statusCode: 204 }, [204, [["content-type", text]], ""]],
    ["a status may be text", { statusCode: "201", body: "x" }, [201, [["content-type", text]], "x"]],
    [
      "headers are in lower case, cookies come after them",
      { statusCode: 200, headers: { "X-A": "1", "Content-Type": "a/b", n: 7, t: true }, cookies: ["a=1", "b=2"] },
      [
        200,
        [
          ["x-a", "1"],
          ["content-type", "a/b"],
          ["n", "7"],
          ["t", "true"],
          ["set-cookie", "a=1"],
          ["set-cookie", "b=2"],
        ],
        "",
      ],
    ],
    [
      "base64 is decoded",
      { statusCode: 200, body: "aGk=", isBase64Encoded: true },
      [200, [["content-type", text]], Buffer.from("hi")],
    ],
  ])("%s", (_what, answer, expected) => {
    const got = responseOf2(JSON.stringify(answer));
    expect([got?.status, got?.headers, got?.body]).toEqual(expected);
  });

  test.each([
    { statusCode: 99 },
    { statusCode: "x" },
    { statusCode: 200, body: {} },
    { statusCode: 200, cookies: "a" },
  ])("%j is malformed", (answer) => expect(responseOf2(JSON.stringify(answer))).toBeUndefined());
});

describe("format 1.0", () => {
  test("lists of values go before single ones, which are added to them", () => {
    const answer = { statusCode: 200, headers: { A: "0", B: "1" }, multiValueHeaders: { a: ["1", "2"] }, body: "x" };
    expect(responseOf1(JSON.stringify(answer))).toEqual({
      status: 200,
      headers: [
        ["a", "1"],
        ["a", "2"],
        ["a", "0"],
        ["b", "1"],
        ["content-type", text],
      ],
      body: "x",
    });
  });

  test.each([{ body: "x" }, "hello", [1], { statusCode: 200, multiValueHeaders: { a: "1" } }])(
    "%j is malformed",
    (answer) => expect(responseOf1(JSON.stringify(answer))).toBeUndefined(),
  );
});
