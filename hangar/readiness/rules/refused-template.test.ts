// Templates that CloudFormation refuses are found; those it takes are not.

import { expect, test } from "vitest";
import { found, stackWith } from "../test-stacks.ts";
import { refusedTemplate } from "./refused-template.ts";

const queue = { Type: "AWS::SQS::Queue" };

test.each([
  [
    "a reference that leads nowhere",
    { Jobs: { ...queue, Properties: { QueueName: { Ref: "Nothing" } } } },
    "Template format error: Unresolved resource dependencies [Nothing] in the Resources block of the template",
  ],
  [
    "a section that is none",
    { Resources: { Jobs: queue }, Resource: {} },
    "Invalid template property or properties [Resource]",
  ],
])("%s", (_, template, message) => {
  expect(found(refusedTemplate, stackWith(template)).map((finding) => finding.message)).toEqual([message]);
});

test("references to what is there, parameters without a value and open conditions are taken", () => {
  const template = {
    Parameters: { Size: { Type: "Number" } },
    Conditions: { Large: { "Fn::Equals": [{ Ref: "Size" }, "9"] } },
    Resources: {
      Jobs: { ...queue, Condition: "Large" },
      Dead: {
        ...queue,
        Properties: { QueueName: { "Fn::If": ["Large", { "Fn::GetAtt": ["Jobs", "QueueName"] }, "dead"] } },
      },
    },
  };
  const stack = stackWith(template);
  expect(found(refusedTemplate, stack)).toEqual([]);
  expect(stack.resources.map(({ logicalId }) => logicalId)).toEqual(["Jobs", "Dead"]);
});
