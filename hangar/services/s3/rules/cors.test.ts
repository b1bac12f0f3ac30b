// How many rules of cross-origin requests a bucket takes.

import { expect, test } from "vitest";
import { checkCors } from "./cors.ts";

const rules = (count: number) =>
  Array.from({ length: count }, () => ({ AllowedMethods: ["GET"], AllowedOrigins: ["*"] }));

test("a bucket has one to a hundred rules", () => {
  expect(() => checkCors(rules(100))).not.toThrow();
  expect(() => checkCors(rules(101))).toThrow("The number of CORS rules should not exceed allowed limit of 100 rules.");
  expect(() => checkCors([])).toThrow("not well-formed");
});

test.each([
  [{ ID: "i".repeat(256) }, "ID length should not exceed allowed limit of 255"],
  [{ AllowedHeaders: ["x amz"] }, 'AllowedHeader "x amz" contains invalid character.'],
  [{ ExposeHeaders: ["x:amz"] }, 'ExposeHeader "x:amz" contains invalid character.'],
])("a rule with %j is refused", (more, message) => {
  const [rule = { AllowedMethods: [], AllowedOrigins: [] }] = rules(1);
  expect(() => checkCors([{ ...rule, ...more }])).toThrow(message);
});

test("a rule may have an id of 255 characters, and headers of any token with a wildcard", () => {
  const [rule = { AllowedMethods: [], AllowedOrigins: [] }] = rules(1);
  const more = { ID: "i".repeat(255), AllowedHeaders: ["*", "x-amz-*", "a!#$%&'+.^_`|~"], ExposeHeaders: ["ETag"] };
  expect(() => checkCors([{ ...rule, ...more }])).not.toThrow();
});
