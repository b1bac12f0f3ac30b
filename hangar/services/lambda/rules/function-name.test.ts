// The forms a function's name may take.

import { expect, test } from "vitest";
import { parseFunctionName } from "./function-name.ts";

test.each([
  ["my-function", { name: "my-function", qualifier: undefined, account: undefined, region: undefined }],
  ["my-function:live", { name: "my-function", qualifier: "live", account: undefined, region: undefined }],
  ["function:f:$LATEST", { name: "f", qualifier: "$LATEST", account: undefined, region: undefined }],
  ["123456789012:function:f", { name: "f", qualifier: undefined, account: "123456789012", region: undefined }],
  [
    "arn:aws:lambda:eu-west-1:123456789012:function:f",
    { name: "f", qualifier: undefined, account: "123456789012", region: "eu-west-1" },
  ],
  [
    "arn:aws:lambda:eu-west-1:123456789012:function:f:7",
    { name: "f", qualifier: "7", account: "123456789012", region: "eu-west-1" },
  ],
])("%s", (text, expected) => {
  expect(parseFunctionName(text)).toEqual(expected);
});
