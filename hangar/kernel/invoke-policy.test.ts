// Policies that authorizers return, against the method that is called.

import { expect, test } from "vitest";
import { verdictOf, type Verdict } from "./invoke-policy.ts";

const ARN = "arn:aws:execute-api:us-east-1:1:api/live/GET/pets/7";
const say = (Effect: string, Resource: unknown, Action: unknown = "execute-api:Invoke") => ({
  Effect,
  Action,
  Resource,
});

test.each<[Verdict, readonly object[]]>([
  ["allow", [say("Allow", "*")]],
  ["allow", [say("Allow", "arn:aws:execute-api:us-east-1:1:api/live/GET/*")]],
  ["allow", [say("Allow", ["x", "arn:aws:execute-api:*:*:api/*/G?T/pets/7"])]],
  ["allow", [say("Allow", "*", ["execute-api:*"])]],
  ["allow", [say("Allow", "*", "execute-api:invoke")]],
  ["allow", [{ Effect: "Allow", NotAction: "s3:*", NotResource: "arn:other" }]],
  ["implicit-deny", []],
  ["implicit-deny", [say("Allow", "arn:aws:execute-api:us-east-1:1:api/live/POST/*")]],
  ["implicit-deny", [say("Allow", "*", "execute-api:ManageConnections")]],
  ["explicit-deny", [say("Allow", "*"), say("Deny", ARN)]],
  ["allow", [say("Allow", "*"), say("Deny", `${ARN}0`)]],
])("%s: %j", (verdict, Statement) => expect(verdictOf({ Statement }, ARN)).toBe(verdict));

test("a statement need not be in a list", () => expect(verdictOf({ Statement: say("Allow", "*") }, ARN)).toBe("allow"));

test("conditions are IAM's to judge", () => {
  const statement = { ...say("Allow", "*"), Condition: { IpAddress: { "aws:SourceIp": "1.1.1.1" } } };
  expect(verdictOf({ Statement: [statement] }, ARN)).toBeUndefined();
});
