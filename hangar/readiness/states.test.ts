// Verified is what a compared deployment sets; what has no effect here is inert even so.

import { expect, test } from "vitest";
import type { ReadResource } from "./read-stack.ts";
import { stateOfProperty, stateOfType } from "./states.ts";

const resource = (type: string, properties: object): ReadResource =>
  ({ type, logicalId: "Some", properties }) as unknown as ReadResource;

test("a type with a compared deployment is verified, another is emulated", () => {
  expect(["AWS::SQS::QueuePolicy", "AWS::IAM::ManagedPolicy", "AWS::AppMesh::Mesh"].map(stateOfType)).toEqual([
    "verified",
    "emulated",
    "missing",
  ]);
});

test.each([
  ["AWS::SQS::Queue", { DelaySeconds: 5 }, "verified"],
  ["AWS::SQS::Queue", { KmsMasterKeyId: "alias/k" }, "inert"],
  ["AWS::Events::Rule", { Description: "a rule" }, "emulated"],
])("%s with %o is %s", (type, properties, state) => {
  const [property = ""] = Object.keys(properties);
  expect(stateOfProperty(resource(type, properties), property)).toBe(state);
});
