// What CloudFormation tells of templates that it takes, and of their types.

import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  DescribeTypeCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  ListStackSetsCommand,
  ValidateTemplateCommand,
} from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { create, queue, refusal, startStackCloud, type StackCloud } from "../workers/test-cloud.ts";

let at: StackCloud;

beforeAll(async () => {
  at = await startStackCloud();
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

describe("a template that is taken", () => {
  const template = {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: "of everything",
    Metadata: { a: 1 },
    Parameters: {
      Size: { Type: "String", Default: "small", AllowedValues: ["small", "big"], Description: "how much" },
      Secret: { Type: "String", NoEcho: true },
    },
    Resources: {
      Q: queue("q"),
      R: { Type: "AWS::IAM::Role", Properties: { RoleName: "r", AssumeRolePolicyDocument: {} } },
    },
  };

  test("ValidateTemplate tells its parameters and what it asks for", async () => {
    const { $metadata: _, ...answer } = await at.cfn.send(
      new ValidateTemplateCommand({ TemplateBody: JSON.stringify(template) }),
    );
    expect(answer).toEqual({
      Description: "of everything",
      Parameters: [
        { ParameterKey: "Size", DefaultValue: "small", NoEcho: false, Description: "how much" },
        { ParameterKey: "Secret", NoEcho: true },
      ],
      Capabilities: ["CAPABILITY_NAMED_IAM"],
      CapabilitiesReason: "The following resource(s) require capabilities: [AWS::IAM::Role]",
    });
  });

  test("GetTemplateSummary tells also its types, and how each is identified in an import", async () => {
    const { $metadata: _, ...answer } = await at.cfn.send(
      new GetTemplateSummaryCommand({ TemplateBody: JSON.stringify(template) }),
    );
    expect(answer).toEqual({
      Description: "of everything",
      Parameters: [
        {
          ParameterKey: "Size",
          DefaultValue: "small",
          ParameterType: "String",
          NoEcho: false,
          Description: "how much",
          ParameterConstraints: { AllowedValues: ["small", "big"] },
        },
        { ParameterKey: "Secret", ParameterType: "String", NoEcho: true, ParameterConstraints: {} },
      ],
      Capabilities: ["CAPABILITY_NAMED_IAM"],
      CapabilitiesReason: "The following resource(s) require capabilities: [AWS::IAM::Role]",
      ResourceTypes: ["AWS::SQS::Queue", "AWS::IAM::Role"],
      Version: "2010-09-09",
      Metadata: '{"a":1}',
      ResourceIdentifierSummaries: [
        { ResourceType: "AWS::SQS::Queue", LogicalResourceIds: ["Q"], ResourceIdentifiers: ["QueueUrl"] },
        { ResourceType: "AWS::IAM::Role", LogicalResourceIds: ["R"], ResourceIdentifiers: ["RoleName"] },
      ],
    });
  });

  test("is given back byte for byte, from wherever it came", async () => {
    const text = `# a comment\nResources:\n  P:\n    Type: AWS::SSM::Parameter\n    Properties: { Type: String, Name: /yaml, Value: !Sub "\${AWS::StackName}-x" }\n`;
    await create(at, "verbatim", {}, { TemplateBody: text });
    expect((await at.cfn.send(new GetTemplateCommand({ StackName: "verbatim" }))).TemplateBody).toBe(text);
    const s3 = new S3Client(at.cloud.clientConfig());
    await s3.send(new CreateBucketCommand({ Bucket: "verbatim" }));
    await s3.send(new PutObjectCommand({ Bucket: "verbatim", Key: "t.yaml", Body: text }));
    const TemplateURL = `${at.cloud.endpoint}/verbatim/t.yaml`;
    const summary = await at.cfn.send(new GetTemplateSummaryCommand({ TemplateURL }));
    expect(summary.ResourceTypes).toEqual(["AWS::SSM::Parameter"]);
  });

  test.each<[object, string]>([
    [{}, "ValidationError 400 StackName is required if ChangeSetName is not specified."],
    [{ StackName: "does-not-exist" }, "ValidationError 400 Stack with id does-not-exist does not exist"],
  ])("GetTemplate is refused: %j", async (input, message) => {
    expect(await refusal(at.cfn.send(new GetTemplateCommand(input)))).toBe(message);
  });
});

describe("types", () => {
  test("a type has a schema with what is read only, what replaces, and what identifies", async () => {
    const { Schema, ProvisioningType } = await at.cfn.send(
      new DescribeTypeCommand({ Type: "RESOURCE", TypeName: "AWS::SQS::Queue" }),
    );
    expect(ProvisioningType).toBe("FULLY_MUTABLE");
    expect(JSON.parse(Schema ?? "")).toMatchObject({
      typeName: "AWS::SQS::Queue",
      primaryIdentifier: ["/properties/QueueUrl"],
      createOnlyProperties: expect.arrayContaining(["/properties/QueueName"]) as string[],
      readOnlyProperties: expect.arrayContaining(["/properties/Arn", "/properties/QueueUrl"]) as string[],
    });
    expect(await refusal(at.cfn.send(new DescribeTypeCommand({ Type: "RESOURCE", TypeName: "AWS::No::Such" })))).toBe(
      "TypeNotFoundException 404 The type 'AWS::No::Such' cannot be found.",
    );
  });

  test("stack sets are not emulated, and say so", async () => {
    expect(await refusal(at.cfn.send(new ListStackSetsCommand()))).toMatch(/^NotEmulated 501/);
  });
});
