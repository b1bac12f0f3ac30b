// POST policies that S3 refuses before it looks at the form, in its words.

import { expect, test } from "vitest";
import { parsePostPolicy } from "./post-policy.ts";

const expiration = "2099-01-01T00:00:00Z";
const encoded = (document: unknown): string =>
  Buffer.from(typeof document === "string" ? document : JSON.stringify(document)).toString("base64");
const conditions = (...each: unknown[]): string => encoded({ expiration, conditions: each });

test.each([
  ["", "Expecting '{' but found End-of-Input"],
  ["!!!", "invalid Base64 encoding."],
  [encoded("{"), "Invalid JSON."],
  [encoded("[]"), "Invalid JSON."],
  [encoded({ conditions: [] }), "Policy missing expiration."],
  [encoded({ expiration: "tomorrow", conditions: [] }), "Invalid 'expiration' value: 'tomorrow'"],
  [encoded({ expiration: "2099", conditions: [] }), "Invalid 'expiration' value: '2099'"],
  [encoded({ expiration: 4_070_908_800, conditions: [] }), "Invalid 'expiration' value: '4070908800'"],
  [encoded({ expiration }), "Policy missing conditions."],
  [encoded({ expiration, conditions: {} }), "Invalid 'conditions' value: must be a List."],
  [conditions(1), "Invalid condition test: must be a List or Object."],
  [conditions({}), "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified."],
  [
    conditions({ key: "a", acl: "b" }),
    "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.",
  ],
  [conditions({ key: 1 }), "Invalid Simple-Condition: value must be a string."],
  [conditions([]), "Invalid Condition: missing operation identifier."],
  [conditions(["equals", "$key", "a"]), "Invalid Condition: unknown operation 'equals'."],
  [conditions(["eq", "$key"]), "Invalid eq: wrong number of arguments."],
  [conditions(["content-length-range", 1]), "Invalid content-length-range: wrong number of arguments."],
])("%s: Invalid Policy: %s", (text, reason) => {
  expect(() => parsePostPolicy(text)).toThrow(
    expect.objectContaining({ name: "InvalidPolicyDocument", message: `Invalid Policy: ${reason}` }),
  );
});

test("a policy has an end and conditions of two forms", () => {
  const each = [{ bucket: "b" }, ["starts-with", "$key", ""], ["Content-Length-Range", 1, 10]];
  expect(parsePostPolicy(conditions(...each))).toEqual({ expiration: Date.parse(expiration), conditions: each });
});
