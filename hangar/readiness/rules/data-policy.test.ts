// What becomes of data, by the policies of its resource.

import { expect, test } from "vitest";
import { found, stackWith } from "../test-stacks.ts";
import { dataPolicy } from "./data-policy.ts";

test.each([
  ["AWS::DynamoDB::Table", {}, ["warning"]],
  ["AWS::DynamoDB::Table", { DeletionPolicy: "Retain" }, ["warning"]],
  ["AWS::DynamoDB::Table", { DeletionPolicy: "Retain", UpdateReplacePolicy: "Delete" }, ["warning"]],
  ["AWS::DynamoDB::Table", { DeletionPolicy: "Delete", UpdateReplacePolicy: "Delete" }, ["note"]],
  ["AWS::DynamoDB::Table", { DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" }, []],
  ["AWS::DynamoDB::Table", { DeletionPolicy: "RetainExceptOnCreate", UpdateReplacePolicy: "Retain" }, []],
  ["AWS::RDS::DBCluster", {}, []],
  ["AWS::SQS::Queue", {}, []],
])("%s with %j: %j", (Type, policies, levels) => {
  expect(found(dataPolicy, stackWith({ It: { Type, ...policies } })).map(({ level }) => level)).toEqual(levels);
});
