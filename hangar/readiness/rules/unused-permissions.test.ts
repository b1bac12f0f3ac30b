// Permissions that the last suite never used, told with the policy that suffices.

import { expect, test } from "vitest";
import { found, stackWith } from "../test-stacks.ts";
import { usageWith } from "../test-usage.ts";
import { unusedPermissions } from "./unused-permissions.ts";

const TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/Orders";
const ROLE = "arn:aws:iam::000000000000:role/Worker";
const lambda = { Type: "AWS::Lambda::Function", Properties: { Role: { "Fn::GetAtt": ["Worker", "Arn"] } } };
const stack = stackWith({ Orders: { Type: "AWS::DynamoDB::Table" }, Worker: { Type: "AWS::IAM::Role" }, Work: lambda });
const statement = (Action: readonly string[]) => ({ Effect: "Allow", Action, Resource: [TABLE, `${TABLE}/index/*`] });

function usageOf(actions: readonly string[]): ReturnType<typeof usageWith> {
  const document = { Version: "2012-10-17", Statement: [statement(actions)] };
  return usageWith([stack], {
    roles: [{ arn: ROLE, name: "Worker", services: ["lambda.amazonaws.com"], policies: [{ name: "own", document }] }],
    access: [
      { role: ROLE, action: "dynamodb:GetItem", resource: TABLE, allowed: true, count: 3 },
      { role: ROLE, action: "dynamodb:GetItem", resource: `${TABLE}/index/a`, allowed: true, count: 3 },
    ],
  });
}

test("actions that were never used are told by the names of the app, with the policy as JSON and as CDK code", () => {
  const [finding, ...more] = found(unusedPermissions, stack, {
    usage: usageOf(["dynamodb:GetItem", "dynamodb:DeleteItem"]),
  });
  expect(more).toEqual([]);
  expect(finding).toMatchObject({
    rule: "unused-permissions",
    level: "note",
    stack: "Shop",
    logicalId: "Worker",
    message: "The role may, and the last suite never did: dynamodb:DeleteItem on Orders, Orders/index/*.",
    instead: {
      json: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: ["dynamodb:GetItem"], Resource: [TABLE, `${TABLE}/index/a`] }],
      },
      cdk: expect.stringContaining('cdk.Fn.getAtt("Orders", "Arn").toString()'),
    },
  });
});

test("a role that used all it may is not told, nor is one after a run of a part", () => {
  expect(found(unusedPermissions, stack, { usage: usageOf(["dynamodb:GetItem"]) })).toEqual([]);
  const part = { ...usageOf(["dynamodb:*", "s3:*"]), only: ["orders"] };
  expect(found(unusedPermissions, stack, { usage: part })).toEqual([]);
});

test("the role of a custom resource's function that the deployment did without is left alone", () => {
  const usage = usageOf(["dynamodb:GetItem", "dynamodb:DeleteItem"]);
  const custom = { Type: "Custom::Thing", Properties: { ServiceToken: { "Fn::GetAtt": ["Work", "Arn"] } } };
  const withCustom = stackWith({ Worker: { Type: "AWS::IAM::Role" }, Work: lambda, Thing: custom });
  const stacks = usageWith([withCustom]).stacks;
  expect(found(unusedPermissions, withCustom, { usage: { ...usage, stacks } })).toEqual([]);
});
