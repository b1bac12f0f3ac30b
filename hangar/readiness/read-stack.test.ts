// Stacks as rules read them: what a transform makes of a template is what they see.

import { expect, test } from "vitest";
import { stackOf } from "./read-stack.ts";

const template = (properties: object): string =>
  JSON.stringify({
    Transform: "AWS::Serverless-2016-10-31",
    Resources: {
      Fn: {
        Type: "AWS::Serverless::Function",
        Properties: { Handler: "index.handler", InlineCode: "x", Policies: "AWSLambdaRole", ...properties },
      },
    },
  });

const read = (text: string) =>
  stackOf(text, {
    name: "Stack",
    templatePath: "template.json",
    place: { account: "000000000000", region: "us-east-1", stackName: "Stack" },
    parameters: {},
    uploaded: false,
  });

test("a serverless template is read as the resources SAM makes of it", () => {
  const { resources, refusals } = read(template({ Runtime: "nodejs24.x" }));
  expect(refusals).toEqual([]);
  expect(resources.map(({ logicalId, type }) => `${logicalId} ${type}`)).toEqual([
    "Fn AWS::Lambda::Function",
    "FnRole AWS::IAM::Role",
  ]);
  expect(resources[1]?.properties["ManagedPolicyArns"]).toContain("arn:aws:iam::aws:policy/service-role/AWSLambdaRole");
});

test("what SAM refuses is refused in its words", () => {
  expect(read(template({})).refusals).toEqual([
    expect.stringMatching(
      /^Transform AWS::Serverless-2016-10-31 failed with: .* Runtime and Handler needs to be present/,
    ),
  ]);
});
