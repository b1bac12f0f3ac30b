// Documents that AWS refuses, and its complaint about each.

import { describe, expect, test } from "vitest";
import { policyComplaint } from "./policy-syntax.ts";

const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } };
const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

describe("identity policies", () => {
  test.each([
    ["not JSON", "{", "Syntax errors in policy."],
    ["an unknown element", policy({ ...statement, Foo: 1 }), "Syntax errors in policy."],
    ["no effect", policy({ Action: "s3:*", Resource: "*" }), "Syntax errors in policy."],
    ["no action", policy({ Effect: "Allow", Resource: "*" }), "Policy statement must contain actions."],
    ["no resource", policy({ Effect: "Allow", Action: "s3:*" }), "Policy statement must contain resources."],
    [
      "an action without service",
      policy({ ...statement, Action: "GetObject" }),
      "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
    ],
    [
      "a resource that is no ARN",
      policy({ ...statement, Resource: "bucket" }),
      'Resource bucket must be in ARN format or "*".',
    ],
    ["a principal", policy({ ...statement, Principal: "*" }), "Policy document should not specify a principal."],
    [
      "two statements of one id",
      policy({ ...statement, Sid: "a" }, { ...statement, Sid: "a" }),
      "Statement IDs (SID) in a single policy must be unique.",
    ],
    [
      "an operator that is none",
      policy({ ...statement, Condition: { StringPerhaps: { a: "b" } } }),
      "Syntax errors in policy.",
    ],
    ["a sound one", policy(statement), undefined],
  ])("%s", (_name, text, complaint) => {
    expect(policyComplaint(text, "identity")).toBe(complaint);
  });
});

describe("trust policies", () => {
  test.each([
    ["not JSON", "{", "This policy contains invalid Json"],
    ["a resource", policy({ ...trust, Resource: "*" }), "Has prohibited field Resource"],
    [
      "another action",
      policy({ ...trust, Action: "s3:GetObject" }),
      "AssumeRole policy may only specify STS AssumeRole actions.",
    ],
    ["an odd principal", policy({ ...trust, Principal: { AWS: "me" } }), 'Invalid principal in policy: "AWS":"me"'],
    ["a sound one", policy(trust), undefined],
  ])("%s", (_name, text, complaint) => {
    expect(policyComplaint(text, "trust")).toBe(complaint);
  });
});
