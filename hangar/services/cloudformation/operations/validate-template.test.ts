// Templates that AWS refuses, in its words.

import { CreateStackCommand, ValidateTemplateCommand } from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parameter, queue, refusal, startStackCloud, type StackCloud } from "../workers/test-cloud.ts";

let at: StackCloud;

beforeAll(async () => {
  at = await startStackCloud();
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

async function refused(template: unknown): Promise<string> {
  const TemplateBody = typeof template === "string" ? template : JSON.stringify(template);
  const text = await refusal(at.cfn.send(new CreateStackCommand({ StackName: "refused", TemplateBody })));
  return text.replace("ValidationError 400 ", "");
}

const Resources = { Q: queue("q") };
const withValue = (value: unknown): object => ({ Resources: { P: parameter("/p", value) } });
const withOutput = (output: unknown): object => ({ Resources, Outputs: { Out: output } });

describe("a template is refused", () => {
  test.each<[string, unknown, string]>([
    [
      "that is not JSON",
      '{"Resources": {"a": "b"}',
      "Template format error: JSON not well-formed. (line 1, column 25)",
    ],
    ["that is a text", '"text"', "Template format error: unsupported structure."],
    ["without resources", { Outputs: {} }, "Template format error: At least one Resources member must be defined."],
    [
      "with resources that are none",
      { Resources: { A: "x" } },
      "Template format error: Any Resources member must be an object.",
    ],
    [
      "with an untyped resource",
      { Resources: { A: {} } },
      "Template format error: [/Resources/A] Every Resources object must contain a Type member.",
    ],
    ["with an unknown section", { Resources, Extra: {} }, "Invalid template property or properties [Extra]"],
    [
      "with an unknown member of a resource",
      { Resources: { A: { ...queue("a"), Invalid: 1 } } },
      "Invalid template resource property 'Invalid'",
    ],
    [
      "with a bad name",
      { Resources: { "my-bad-resource-id": queue("a") } },
      "Template format error: Resource name my-bad-resource-id is non alphanumeric.",
    ],
    [
      "with an unknown type",
      { Resources: { A: { Type: "AWS::No::Such" } } },
      "Template format error: Unrecognized resource types: [AWS::No::Such]",
    ],
    ["with null", withOutput({ Value: null }), "[/Outputs/Out/Value] 'null' values are not allowed in templates"],
    [
      "with an output that has no value",
      withOutput({ Description: "x" }),
      "Template format error: Every Outputs member must contain a Value object",
    ],
    [
      "that depends on nothing",
      { Resources: { A: { ...queue("a"), DependsOn: "NonExistingResource" } } },
      "Template format error: Unresolved resource dependencies [NonExistingResource] in the Resources block of the template",
    ],
    [
      "that refers to nothing",
      withValue({ Ref: "InvalidRef" }),
      "Template format error: Unresolved resource dependencies [InvalidRef] in the Resources block of the template",
    ],
    [
      "whose output refers to nothing",
      withOutput({ Value: { Ref: "MyTopic" } }),
      "Unresolved resource dependencies [MyTopic] in the Outputs block of the template",
    ],
    [
      "that reads an attribute of nothing",
      withValue({ "Fn::GetAtt": ["Nope", "Arn"] }),
      "Template error: instance of Fn::GetAtt references undefined resource Nope",
    ],
    [
      "with half a GetAtt",
      withValue({ "Fn::GetAtt": ["Q"] }),
      "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute",
    ],
    [
      "with a circle",
      { Resources: { A: { ...queue("a"), DependsOn: "B" }, B: { ...queue("b"), DependsOn: "A" } } },
      "Circular dependency between resources: [A, B]",
    ],
    [
      "with a mapping that is too shallow",
      { Mappings: { M: { A: "x" } }, Resources },
      "Template format error: Every Mappings member A must be a map",
    ],
    [
      "with a mapping that calls a function",
      { Mappings: { M: { A: { B: { Ref: "Q" } } } }, Resources },
      "Template format error: Every Mappings attribute must be a String or a List.",
    ],
    [
      "that looks up what a mapping lacks",
      { ...withValue({ "Fn::FindInMap": ["M", "C", "B"] }), Mappings: { M: { A: { B: "x" } } } },
      "Template error: Unable to get mapping for M::C::B",
    ],
    [
      "that looks up in no mapping",
      withValue({ "Fn::FindInMap": ["M", "C", "B"] }),
      "Template error: Mapping named 'M' is not present in the 'Mappings' section of template.",
    ],
    [
      "with a condition of nothing",
      withValue({ "Fn::If": ["MissingCondition", "a", "b"] }),
      "Template error: unresolved condition dependency MissingCondition in Fn::If",
    ],
    [
      "with a lonely Equals",
      { Resources, Conditions: { C: { "Fn::Equals": ["a"] } } },
      "Template error: every Fn::Equals object requires a list of 2 string parameters.",
    ],
    [
      "with a bad Select",
      withValue({ "Fn::Select": ["x", ["a"]] }),
      "Template error: Fn::Select requires a list argument with two elements: an integer index and a list",
    ],
    [
      "that selects too far",
      withValue({ "Fn::Select": [3, ["a"]] }),
      "Template error: Fn::Select  cannot select nonexistent value at index 3",
    ],
    [
      "with a bad Split",
      withValue({ "Fn::Select": [0, { "Fn::Split": ["a"] }] }),
      "Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.",
    ],
    [
      "with a bad Join",
      withValue({ "Fn::Join": [["a"], "b"] }),
      "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.",
    ],
    [
      "with a parameter of no known type",
      { Resources, Parameters: { P: { Type: "Text" } } },
      "Template format error: Unrecognized parameter type: Text",
    ],
    [
      "with an unknown policy",
      { Resources: { A: { ...queue("a"), DeletionPolicy: "Keep" } } },
      "Template format error: Unrecognized DeletionPolicy Keep for resource A",
    ],
    [
      "with a snapshot of what has none",
      { Resources: { A: { ...queue("a"), DeletionPolicy: "Snapshot" } } },
      "Template error: resource type AWS::SQS::Queue does not support deletion policy Snapshot",
    ],
  ])("%s", async (_what, template, message) => {
    expect(await refused(template)).toBe(message);
  });

  test("whose IAM resources nobody acknowledged", async () => {
    const role = { Type: "AWS::IAM::Role", Properties: { AssumeRolePolicyDocument: { Statement: [] } } };
    expect(await refused({ Resources: { R: role } })).toBe(
      "InsufficientCapabilitiesException 400 Requires capabilities : [CAPABILITY_IAM]",
    );
    const named = { ...role, Properties: { ...role.Properties, RoleName: "r" } };
    expect(await refused({ Resources: { R: named } })).toBe(
      "InsufficientCapabilitiesException 400 Requires capabilities : [CAPABILITY_NAMED_IAM]",
    );
  });

  test("whose transform is not emulated", async () => {
    const TemplateBody = JSON.stringify({ Transform: "AWS::CodeDeployBlueGreen", Resources });
    const input = { StackName: "blue", TemplateBody, Capabilities: ["CAPABILITY_AUTO_EXPAND" as const] };
    expect(await refusal(at.cfn.send(new CreateStackCommand(input)))).toMatch(
      /^NotEmulated 501 .*AWS::CodeDeployBlueGreen/,
    );
  });

  test("that is not at its URL, or whose URL is none", async () => {
    const from = async (TemplateURL: string): Promise<string> =>
      refusal(at.cfn.send(new ValidateTemplateCommand({ TemplateURL })));
    expect(await from("s3://bucket/key")).toBe(
      "ValidationError 400 S3 error: Domain name specified in bucket is not a valid S3 domain",
    );
    expect(await from("https://example.com/bucket/key")).toBe(
      "ValidationError 400 TemplateURL must be a supported URL.",
    );
    expect(await from("https://s3.amazonaws.com/nowhere/key")).toMatch(
      /^ValidationError 400 S3 error: The specified bucket does not exist/,
    );
  });

  test("whose name is none", async () => {
    const input = { StackName: "*@da591fa3_$", TemplateBody: JSON.stringify({ Resources }) };
    expect(await refusal(at.cfn.send(new CreateStackCommand(input)))).toBe(
      "ValidationError 400 1 validation error detected: Value '*@da591fa3_$' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*",
    );
  });
});
