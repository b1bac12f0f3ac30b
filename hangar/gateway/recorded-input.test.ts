// What the trace keeps of an input: a table of operations.

import { expect, test } from "vitest";
import { loadModel } from "../models/load.ts";
import { recordedInput } from "./recorded-input.ts";

type Input = Record<string, unknown>;

const long = "x".repeat(65_537);

test.each<[string, Input, Input]>([
  ["secretsmanager:CreateSecret", { Name: "a", SecretString: "s3cret" }, { Name: "a", SecretString: "(secret)" }],
  ["secretsmanager:PutSecretValue", { SecretBinary: new Uint8Array([1]) }, { SecretBinary: "(secret)" }],
  [
    "ssm:PutParameter",
    { Name: "a", Type: "SecureString", Value: "s" },
    { Name: "a", Type: "SecureString", Value: "(secret)" },
  ],
  ["kms:Encrypt", { KeyId: "k", Plaintext: new Uint8Array([1]) }, { KeyId: "k", Plaintext: "(secret)" }],
  ["kms:Decrypt", { CiphertextBlob: new Uint8Array([1]) }, { CiphertextBlob: new Uint8Array([1]) }],
  ["iam:CreateLoginProfile", { UserName: "amy", Password: "p" }, { UserName: "amy", Password: "(secret)" }],
  ["s3:PutObject", { Bucket: "b", SSECustomerKey: "k" }, { Bucket: "b", SSECustomerKey: "(secret)" }],
  [
    "lambda:CreateFunction",
    { FunctionName: "f", Environment: { Variables: { TOKEN: "t" } } },
    { FunctionName: "f", Environment: { Variables: { TOKEN: "(secret)" } } },
  ],
  [
    "events:CreateConnection",
    {
      Name: "c",
      AuthParameters: {
        BasicAuthParameters: { Username: "amy", Password: "p" },
        InvocationHttpParameters: { HeaderParameters: [{ Key: "x", Value: "v" }] },
      },
    },
    {
      Name: "c",
      AuthParameters: {
        BasicAuthParameters: { Username: "amy", Password: "(secret)" },
        InvocationHttpParameters: { HeaderParameters: [{ Key: "x", Value: "(secret)" }] },
      },
    },
  ],
  ["rds:CreateDBInstance", { MasterUserPassword: "p" }, { MasterUserPassword: "(secret)" }],
  ["lambda:Invoke", { Payload: new Uint8Array([123, 125]) }, { Payload: new Uint8Array([123, 125]) }],
  ["secretsmanager:ListSecrets", { NextToken: "n" }, { NextToken: "n" }],
  ["dynamodb:PutItem", { Item: { password: { S: "p" } } }, { Item: { password: { S: "p" } } }],
  ["sqs:SendMessage", { MessageBody: long }, { MessageBody: `${"x".repeat(1024)}… (65537 characters)` }],
  ["s3:PutObject", { Body: new Uint8Array(65_537) }, { Body: "(65537 bytes)" }],
  [
    "cloudformation:CreateStack",
    { StackName: "s", Parameters: [{ ParameterKey: "Password", ParameterValue: "p" }] },
    { StackName: "s", Parameters: [{ ParameterKey: "Password", ParameterValue: "(secret)" }] },
  ],
  [
    "rds:ModifyDBParameterGroup",
    { Parameters: [{ ParameterName: "work_mem", ParameterValue: "1" }] },
    { Parameters: [{ ParameterName: "work_mem", ParameterValue: "1" }] },
  ],
  [
    "sns:Subscribe",
    { TopicArn: "t", Protocol: "https", Endpoint: "https://amy:p:4@example.com/a?b=c@d" },
    { TopicArn: "t", Protocol: "https", Endpoint: "https://amy:(secret)@example.com/a?b=c@d" },
  ],
  [
    "sns:Subscribe",
    { TopicArn: "t", Protocol: "https", Endpoint: "https://example.com:8080/a@b" },
    { TopicArn: "t", Protocol: "https", Endpoint: "https://example.com:8080/a@b" },
  ],
])("%s", (action, input, expected) => {
  const [service = "", operation = ""] = action.split(":");
  const before = structuredClone(input);
  expect(recordedInput(loadModel(service), operation, input)).toEqual(expected);
  expect(input).toEqual(before);
});

test("an input without secrets is not copied", () => {
  const input = { QueueUrl: "q" };
  expect(recordedInput(loadModel("sqs"), "SendMessage", input)).toBe(input);
});

const items = Array.from({ length: 1000 }, (_, index) => ({ id: index, data: "x".repeat(2000) }));

test("of an input that is huge in all the beginnings are kept, and how much more there was", () => {
  const input = {
    StreamName: "s",
    Records: items.map(({ data }) => ({ PartitionKey: "k", Data: data })),
    More: [1, 2],
  };
  const kept = recordedInput(loadModel("kinesis"), "PutRecords", input) as typeof input;
  expect(kept.Records[0]).toEqual({ PartitionKey: "k", Data: `${"x".repeat(1024)}… (2000 characters)` });
  expect(kept.Records.length).toBeLessThan(70);
  expect(kept.Records.at(-1)).toBe(`… (${1001 - kept.Records.length} more)`);
  expect(JSON.stringify(kept).length).toBeLessThan(70_000);
});

test("an item with very many attributes too", () => {
  const Item = Object.fromEntries(items.map(({ id, data }) => [`a${id}`, { S: data.slice(0, 200) }]));
  const kept = recordedInput(loadModel("dynamodb"), "PutItem", { TableName: "t", Item }) as { Item: typeof Item };
  expect(JSON.stringify(kept).length).toBeLessThan(80_000);
  expect(kept.Item).toMatchObject({
    a0: { S: "x".repeat(200) },
    "…": `(${1001 - Object.keys(kept.Item).length} more)`,
  });
});
