// AWS::Include: snippets from S3, within a template and as its sections.

import { GetTemplateCommand } from "@aws-sdk/client-cloudformation";
import { S3 } from "@aws-sdk/client-s3";
import { SQS } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { create, refusal, startStackCloud, type StackCloud } from "./test-cloud.ts";

let at: StackCloud;
const acknowledged = { Capabilities: ["CAPABILITY_AUTO_EXPAND" as const] };

beforeAll(async () => {
  at = await startStackCloud();
  const s3 = new S3(at.cloud.clientConfig());
  await s3.createBucket({ Bucket: "snippets" });
  const put = (Key: string, Body: string): Promise<unknown> => s3.putObject({ Bucket: "snippets", Key, Body });
  await put("settings.yaml", "VisibilityTimeout: 77\nDelaySeconds: !Ref Delay\n");
  await put("resources.json", JSON.stringify({ Resources: { More: { Type: "AWS::SQS::Queue" } } }));
  await put("broken.yaml", "a: [");
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const include = (Location: unknown): object => ({ Name: "AWS::Include", Parameters: { Location } });
const queue = (Location: unknown): object => ({
  Type: "AWS::SQS::Queue",
  Properties: { QueueName: "included", "Fn::Transform": include(Location) },
});
const Parameters = {
  Delay: { Type: "Number", Default: 5 },
  Where: { Type: "String", Default: "s3://snippets/settings.yaml" },
};

test("a snippet's members stand where Fn::Transform stood; a declared one adds sections", async () => {
  const template = {
    Transform: include("s3://snippets/resources.json"),
    Parameters,
    Resources: { Queue: queue({ Ref: "Where" }) },
  };
  const stack = await create(at, "including", template, acknowledged);
  expect(stack.StackStatus, stack.StackStatusReason).toBe("CREATE_COMPLETE");
  const sqs = new SQS(at.cloud.clientConfig());
  const { QueueUrl = "" } = await sqs.getQueueUrl({ QueueName: "included" });
  const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ["All"] });
  expect(Attributes).toMatchObject({ VisibilityTimeout: "77", DelaySeconds: "5" });
  const { TemplateBody = "" } = await at.cfn.send(
    new GetTemplateCommand({ StackName: "including", TemplateStage: "Processed" }),
  );
  expect(Object.keys((JSON.parse(TemplateBody) as { readonly Resources: object }).Resources).toSorted()).toEqual([
    "More",
    "Queue",
  ]);
});

test.each([
  ["s3://snippets/missing", "Transform AWS::Include failed with: The specified key does not exist."],
  [
    "s3://snippets/broken.yaml",
    "Transform AWS::Include failed with: The specified S3 object's content should be valid Yaml/JSON",
  ],
  ["https://snippets/x", "Transform AWS::Include failed with: The location parameter is not a valid S3 uri."],
])("%s cannot be included", async (location, message) => {
  const template = { Parameters, Resources: { Queue: queue(location) } };
  expect(await refusal(create(at, "refused", template, acknowledged))).toBe(`ValidationError 400 ${message}`);
});

test("a stack that includes needs CAPABILITY_AUTO_EXPAND", async () => {
  const template = { Parameters, Resources: { Queue: queue("s3://snippets/settings.yaml") } };
  expect(await refusal(create(at, "refused", template))).toBe(
    "InsufficientCapabilitiesException 400 Requires capabilities : [CAPABILITY_AUTO_EXPAND]",
  );
});
