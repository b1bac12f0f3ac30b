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
