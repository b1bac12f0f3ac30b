// Cases of condition operators: what is written, what the request has, and whether it holds.

import { describe, expect, test } from "vitest";
import { compileCondition } from "./conditions.ts";

type Case = readonly [
  operator: string,
  policy: readonly string[],
  request: readonly string[] | undefined,
  holds: boolean,
];

const cases: readonly Case[] = [
  ["StringEquals", ["a", "b"], ["b"], true],
  ["StringEquals", ["a*"], ["ab"], false],
  ["StringEquals", ["a"], undefined, false],
  ["StringEqualsIfExists", ["a"], undefined, true],
  ["StringNotEquals", ["a", "b"], ["b"], false],
  ["StringNotEquals", ["a"], undefined, true],
  ["StringEqualsIgnoreCase", ["ABC"], ["abc"], true],
  ["StringLike", ["a?c*"], ["abcdef"], true],
  ["StringLike", ["a?c*"], ["ABC"], false],
  ["StringNotLike", ["a*"], ["abc"], false],
  ["NumericLessThanEquals", ["10"], ["10"], true],
  ["NumericGreaterThan", ["10"], ["9"], false],
  ["NumericNotEquals", ["10"], ["9"], true],
  ["DateLessThan", ["2026-01-01T00:00:00Z"], ["2025-12-31T23:59:59Z"], true],
  ["DateGreaterThan", ["2026-01-01T00:00:00Z"], ["1700000000"], false],
  ["Bool", ["true"], ["True"], true],
  ["Bool", ["false"], ["true"], false],
  ["IpAddress", ["10.0.0.0/8", "192.168.1.1"], ["10.9.8.7"], true],
  ["IpAddress", ["10.0.0.0/8"], ["::ffff:10.9.8.7"], true],
  ["NotIpAddress", ["10.0.0.0/8"], ["10.9.8.7"], false],
  ["IpAddress", ["2001:db8::/32"], ["2001:db8::1"], true],
  ["ArnLike", ["arn:aws:s3:::b*"], ["arn:aws:s3:::bucket"], true],
  ["ArnEquals", ["arn:aws:sns:*:1:t"], ["arn:aws:sns:us-east-1:1:t"], true],
  ["ArnLike", ["arn:aws:sns:*:t"], ["arn:aws:sns:us-east-1:1:t"], true],
  ["ArnLike", ["arn:aws:sns:*:2:t"], ["arn:aws:sns:us-east-1:1:2:t"], false],
  ["ArnNotLike", ["arn:aws:s3:::b*"], ["arn:aws:s3:::bucket"], false],
  ["Null", ["true"], undefined, true],
  ["Null", ["true"], ["x"], false],
  ["Null", ["false"], ["x"], true],
  ["ForAllValues:StringEquals", ["a", "b"], ["a", "b"], true],
  ["ForAllValues:StringEquals", ["a", "b"], ["a", "c"], false],
  ["ForAllValues:StringEquals", ["a"], undefined, true],
  ["ForAnyValue:StringEquals", ["a", "b"], ["c", "b"], true],
  ["ForAnyValue:StringEquals", ["a"], undefined, false],
  ["ForAnyValue:StringNotEquals", ["a"], ["a", "b"], true],
  ["ForAllValues:StringLikeIfExists", ["x*"], ["xy"], true],
  ["StringPerhaps", ["a"], ["a"], false],
];

describe("condition operators", () => {
  test.each(cases)("%s %j with %j is %s", (operator, policy, request, holds) => {
    const condition = compileCondition(operator, "aws:Key", policy, true);
    expect(condition({ values: (key) => (key === "aws:key" ? request : undefined) })).toBe(holds);
  });

  test("a variable with a default stands for it when the request has no value", () => {
    const condition = compileCondition("StringEquals", "aws:Key", ["${aws:PrincipalTag/team, 'none'}-x"], true);
    expect(condition({ values: (key) => (key === "aws:key" ? ["none-x"] : undefined) })).toBe(true);
  });

  test("without Version 2012-10-17 a variable is plain text", () => {
    const condition = compileCondition("StringEquals", "aws:Key", ["${aws:username}"], false);
    expect(condition({ values: () => ["${aws:username}"] })).toBe(true);
  });
});
