// The authorizer's policies: what a session may call.
import { expect, test } from "vitest";
import { policyFor } from "./policy.ts";

const arn = "arn:aws:execute-api:eu-west-1:123456789012:abcdef/live/POST/albums/1";

test.each([
  ["full", "arn:aws:execute-api:eu-west-1:123456789012:abcdef/live/*/*"],
  ["view", "arn:aws:execute-api:eu-west-1:123456789012:abcdef/live/GET/*"],
] as const)("a %s session may call %s", (scope, resource) => {
  expect(policyFor({ user: "ada", scope, expires: 1 }, arn)).toEqual({
    principalId: "ada",
    policyDocument: {
      Version: "2012-10-17",
      Statement: [{ Action: "execute-api:Invoke", Effect: "Allow", Resource: resource }],
    },
    context: { user: "ada", scope },
  });
});
