// Bodies against models, with findings in the words of AWS's validator.

import { expect, test } from "vitest";
import { bodyCheck, type NamedSchema } from "./body-schema.ts";

const model = (name: string, schema: object): NamedSchema => ({ name, schema: JSON.stringify(schema) });
const PART = model("Part", { type: "object", properties: { n: { type: "integer" } }, required: ["n"] });
const THING = model("Thing", {
  $schema: "http://json-schema.org/draft-04/schema#",
  type: "object",
  properties: {
    name: { type: "string", minLength: 2, maxLength: 4, pattern: "^[a-z]+$" },
    kind: { enum: ["a", "b"] },
    size: { type: "number", minimum: 0, exclusiveMinimum: true, maximum: 9 },
    parts: { type: "array", maxItems: 1, items: { $ref: "https://apigateway.amazonaws.com/restapis/x/models/Part" } },
  },
  required: ["name", "kind"],
  additionalProperties: false,
});
const check = await bodyCheck(THING, [PART, THING]);

test.each<[string, string | undefined]>([
  ['{"name":"abc","kind":"a","size":9,"parts":[{"n":1}]}', undefined],
  ["", "[Unable to parse request body]"],
  ["{", "[Unable to parse request body]"],
  ["{}", '[object has missing required properties (["kind","name"])]'],
  ['{"name":"a","kind":"a"}', '[string "a" is too short (length: 1, required minimum: 2)]'],
  ['{"name":"abcde","kind":"a"}', '[string "abcde" is too long (length: 5, maximum allowed: 4)]'],
  ['{"name":"AB","kind":"a"}', '[ECMA 262 regex "^[a-z]+$" does not match input string "AB"]'],
  ['{"name":"ab","kind":"c"}', '[instance value ("c") not found in enum (possible values: ["a","b"])]'],
  ['{"name":"ab","kind":"a","size":0}', "[numeric instance is not strictly greater than the required minimum 0]"],
  [
    '{"name":"ab","kind":"a","size":10}',
    "[numeric instance is greater than the required maximum (maximum: 9, found: 10)]",
  ],
  ['{"name":"ab","kind":"a","x":1}', '[object instance has properties which are not allowed by the schema: ["x"]]'],
  [
    '{"name":7,"kind":"a"}',
    '[instance type (integer) does not match any allowed primitive type (allowed: ["string"])]',
  ],
  ['{"name":"ab","kind":"a","parts":[{}]}', '[object has missing required properties (["n"])]'],
  ["[]", '[instance type (array) does not match any allowed primitive type (allowed: ["object"])]'],
])("%s", (body, finding) => expect(check(body)).toBe(finding));
