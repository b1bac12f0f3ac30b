// Filter policies: the messages for bad ones as recorded from AWS, and which messages pass.

import { expect, describe, test } from "vitest";
import { checkFilterPolicy, passes } from "./filter-policy.ts";
import type { MessageAttribute } from "../store.ts";

const refused = (policy: string): string => {
  try {
    checkFilterPolicy(policy, "MessageBody", "Attributes Reason: ");
    return "";
  } catch (error) {
    return (error as Error).message;
  }
};
const at = (policy: string, message: string, column: number): string =>
  `Invalid parameter: Attributes Reason: FilterPolicy: ${message}\n at [Source: (String)"${policy}"; line: 1, column: ${column}]`;

describe("a policy is refused with AWS's message", () => {
  test.each([
    ['{"key":[["value"]]}', "Match value must be String, number, true, false, or null", 10],
    ['{"key":[{"wrong-operator":true}]}', "Unrecognized match type wrong-operator", 31],
    ['{"key":[{"suffix":"value","prefix":"value2"}]}', "Only one key allowed in match expression", 37],
    ['{"key":[]}', "Empty arrays are not allowed", 10],
    ['{"key":[{"suffix":100}]}', "suffix match pattern must be a string", 22],
    ['{"key":[{"suffix":null}]}', "suffix match pattern must be a string", 23],
    ['{"key":{"suffix":"value"}}', '"suffix" must be an object or an array', 19],
    ['{"key":[{"numeric":[]}]}', "Invalid member in numeric match: ]", 22],
    ['{"key":[{"numeric":["operator"]}]}', "Unrecognized numeric range operator: operator", 32],
    ['{"key":[{"numeric":["=","000"]}]}', "Value of equals must be numeric", 26],
    ['{"key":[{"numeric":["<",100,">",10]}]}', "Too many elements in numeric expression", 30],
    ['{"key":[{"numeric":[">=",1,">",2]}]}', "Bad numeric range operator: >", 31],
    ['{"key":[{"exists":null}]}', "exists match pattern must be either true or false.", 23],
    ['{"key":[{"exists":"no"}]}', "exists match pattern must be either true or false.", 20],
    ['{"key_a":"value_one"}', '"key_a" must be an object or an array', 11],
  ])("%s", (policy, message, column) => {
    expect(refused(policy)).toBe(at(policy, message, column));
  });

  test("anything-but takes prefixes only", () => {
    expect(refused('{"key":[{"anything-but":{"prefix":"a"}}]}')).toBe("");
    expect(refused('{"key":[{"anything-but":{"suffix":"a"}}]}')).toContain("Unsupported anything-but pattern: suffix");
  });

  test("more than five keys, or 150 combinations", () => {
    const keys = Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`key${index}`, ["a"]]));
    expect(refused(JSON.stringify(keys))).toBe(
      "Invalid parameter: Attributes Reason: FilterPolicy: Filter policy can not have more than 5 keys",
    );
    const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `v${index}`);
    const complex = "Invalid parameter: Attributes Reason: FilterPolicy: Filter policy is too complex";
    expect(refused(JSON.stringify({ a: many(150) }))).toBe("");
    expect(refused(JSON.stringify({ a: many(151) }))).toBe(complex);
    expect(refused(JSON.stringify({ a: many(15), b: many(11) }))).toBe(complex);
    expect(refused(JSON.stringify({ a: { b: { c: many(51) } } }))).toBe(complex);
  });
});

const message = (body: string, attributes: Record<string, MessageAttribute> = {}): Parameters<typeof passes>[1] => ({
  id: "1",
  topicArn: "arn",
  message: body,
  attributes,
  published: 0,
});
const text = (value: string): MessageAttribute => ({ type: "String", value });
const number = (value: string): MessageAttribute => ({ type: "Number", value });
const array = (value: unknown): MessageAttribute => ({ type: "String.Array", value: JSON.stringify(value) });
const binary: MessageAttribute = { type: "Binary", value: "AgME", binary: true };

describe("attributes pass", () => {
  test.each<[object, Record<string, MessageAttribute>, boolean]>([
    [{}, {}, true],
    [{ store: ["a"] }, {}, false],
    [{ store: ["a"] }, { store: text("a") }, true],
    [{ store: ["a"] }, { store: text("b") }, false],
    [{ store: ["a", "b"] }, { store: text("b") }, true],
    [{ store: ["a"], price: [1] }, { store: text("a") }, false],
    [{ store: ["a"], price: [1] }, { store: text("a"), price: number("1.0") }, true],
    [{ price: [100] }, { price: text("100") }, false],
    [{ price: [{ numeric: [">", 0, "<=", 100] }] }, { price: number("100") }, true],
    [{ price: [{ numeric: [">", 0, "<=", 100] }] }, { price: number("101") }, false],
    [{ price: [{ numeric: ["=", 3] }] }, { price: number("3") }, true],
    [{ store: [{ exists: true }] }, { store: binary }, false],
    [{ store: [{ exists: true }] }, { store: text("x") }, true],
    [{ store: [{ exists: false }] }, {}, true],
    [{ store: [{ exists: false }] }, { store: text("x") }, false],
    [{ store: [{ "anything-but": ["a"] }] }, { store: text("b") }, true],
    [{ store: [{ "anything-but": ["a"] }] }, { store: text("a") }, false],
    [{ store: [{ "anything-but": { prefix: "a" } }] }, { store: text("ab") }, false],
    [{ store: [{ prefix: "a" }] }, { store: text("ab") }, true],
    [{ store: [{ suffix: "b" }] }, { store: text("ab") }, true],
    [{ store: [{ "equals-ignore-case": "ab" }] }, { store: text("AB") }, true],
    [{ ip: [{ cidr: "10.0.0.0/8" }] }, { ip: text("10.1.2.3") }, true],
    [{ store: ["a"] }, { store: array(["x", "a"]) }, true],
    [{ store: ["a"] }, { store: array(["x"]) }, false],
    [{ store: [null] }, { store: array([null]) }, true],
    [{ price: [{ numeric: ["<", 5] }] }, { price: array([9, 4]) }, true],
    [{ $or: [{ a: ["1"] }, { b: ["2"] }] }, { b: text("2") }, true],
    [{ $or: [{ a: ["1"] }, { b: ["2"] }] }, { b: text("1") }, false],
    [{ "a.b": ["1"] }, { "a.b": text("1") }, true],
  ])("%j of %j: %s", (policy, attributes, expected) => {
    expect(passes({ FilterPolicy: JSON.stringify(policy) }, message("body", attributes))).toBe(expected);
  });
});

describe("a body passes", () => {
  test.each<[object, string, boolean]>([
    [{ object: { key: [{ prefix: "auto-" }, "hardcodedvalue"] } }, '{"object":{"key":"auto-test"}}', true],
    [{ object: { key: [{ prefix: "auto-" }, "hardcodedvalue"] } }, '{"object":{"key":"hardcodedvalue"}}', true],
    [{ object: { key: [{ prefix: "auto-" }] } }, '{"object":{"key":"other"}}', false],
    [{ object: { key: [{ prefix: "auto-" }] } }, "no json", false],
    [{ object: ["x"] }, '"x"', false],
    [{ object: { nested: ["string.value"] } }, '{"object":{"nested":"string.value"}}', true],
    [{ object: { nested: ["string.value"] } }, '{"object.nested":"string.value"}', true],
    [{ headers: { "route-to": ["queue1"] } }, '{"headers":{"route-to":["queue1","queue2"]}}', true],
    [{ headers: { "route-to": ["queue1"] } }, '{"headers":{"route-to":["queue2"]}}', false],
    [
      { Records: { s3: { object: { key: [{ prefix: "auto-" }] } }, eventName: [{ prefix: "ObjectCreated:" }] } },
      '{"Records":[{"eventName":"ObjectCreated:Put","s3":{"object":{"key":"auto-1"}}}]}',
      true,
    ],
    [
      { Records: { s3: { object: { key: [{ prefix: "auto-" }] } }, eventName: [{ prefix: "ObjectCreated:" }] } },
      '{"Records":[{"eventName":"ObjectCreated:Put","s3":{"object":{"key":"home-1"}}},{"eventName":"ObjectRemoved","s3":{"object":{"key":"auto-1"}}}]}',
      false,
    ],
  ])("%j of %s: %s", (policy, body, expected) => {
    const attributes = { FilterPolicy: JSON.stringify(policy), FilterPolicyScope: "MessageBody" };
    expect(passes(attributes, message(body))).toBe(expected);
  });
});
