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
