// What Hangar or CloudFormation does not take is found by name; what both take is not.

import { expect, test } from "vitest";
import { found, stackWith } from "../test-stacks.ts";
import type { SuiteUsage } from "../usage.ts";
import { inert } from "./inert.ts";
import { missing } from "./missing.ts";
import { refusedProperties } from "./refused-properties.ts";

const code = {
  Handler: "index.handler",
  Role: "arn:aws:iam::111122223333:role/r",
  Code: { ZipFile: "x" },
  Runtime: "nodejs22.x",
};
const functionWith = (properties: object): object => ({
  Count: { Type: "AWS::Lambda::Function", Properties: { ...code, ...properties } },
});
const queueWith = (properties: object): object => ({ Jobs: { Type: "AWS::SQS::Queue", Properties: properties } });

test("a resource type that is not emulated is missing", () => {
  const [finding, ...more] = found(missing, stackWith({ Mesh: { Type: "AWS::AppMesh::Mesh" }, ...queueWith({}) }));
  expect(more).toEqual([]);
  expect(finding).toMatchObject({
    level: "error",
    logicalId: "Mesh",
    message: "Hangar does not emulate the resource type AWS::AppMesh::Mesh yet.",
  });
});

test("a property of AWS's that is not emulated is missing", () => {
  const layer = {
    Type: "AWS::Lambda::EventSourceMapping",
    Properties: { FunctionName: "f", SelfManagedEventSource: {} },
  };
  expect(found(missing, stackWith({ Poll: layer })).map(({ property }) => property)).toEqual([
    "SelfManagedEventSource",
  ]);
});

test("an operation that the suite called and that is not emulated is missing", () => {
  const operations = { "s3:PutObject": { ok: 1, errors: {} }, "sns:Nothing": { ok: 0, errors: { NotEmulated: 2 } } };
  const usage = { operations } as unknown as SuiteUsage;
  expect(found(missing, stackWith(queueWith({})), { usage })).toMatchObject([
    { level: "error", property: "sns:Nothing" },
  ]);
});

test.each([
  ["an architecture that is not this machine's", functionWith({ Architectures: ["arm64"] }), ["Architectures"]],
  ["the architecture that a function has anyway", functionWith({ Architectures: ["x86_64"] }), []],
  ["a queue's key", queueWith({ KmsMasterKeyId: "alias/mine" }), ["KmsMasterKeyId"]],
  ["a queue that is encrypted as all are", queueWith({ SqsManagedSseEnabled: true }), []],
  ["a value that only the deployment can tell", { ...functionWith({ KmsKeyArn: { "Fn::ImportValue": "k" } }) }, []],
  ["usage analytics of the CDK", { Metadata: { Type: "AWS::CDK::Metadata", Properties: { Analytics: "v2:x" } } }, []],
])("inert: %s", (_, resources, properties) => {
  expect(found(inert, stackWith(resources)).map(({ property }) => property)).toEqual(properties);
});

test("the function of a custom resource that runs natively is never called: nothing of it is inert", () => {
  const { Count } = functionWith({ Architectures: ["arm64"] }) as { Count: object };
  const id = "CustomCDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C81C01536";
  expect(found(inert, stackWith({ [id]: Count }))).toEqual([]);
});

test.each([
  ["a type that is none", { Jobs: { Type: "AWS::SQS::Queu" } }, "Unrecognized resource types: [AWS::SQS::Queu]"],
  ["a property that is none", queueWith({ QueName: "jobs" }), "Encountered unsupported property QueName"],
  [
    "a value of another kind",
    queueWith({ VisibilityTimeout: "long" }),
    "Value of property VisibilityTimeout must be of type Number",
  ],
])("CloudFormation refuses %s", (_, resources, message) => {
  expect(found(refusedProperties, stackWith(resources)).map((finding) => finding.message)).toEqual([message]);
});

test("CloudFormation takes a custom resource with any properties, and values that are not known yet", () => {
  const resources = {
    Thing: { Type: "Custom::Thing", Properties: { ServiceToken: "arn", Any: [1] } },
    ...queueWith({ VisibilityTimeout: { "Fn::ImportValue": "timeout" }, QueueName: { Ref: "AWS::NoValue" } }),
  };
  expect(found(refusedProperties, stackWith(resources))).toEqual([]);
});
