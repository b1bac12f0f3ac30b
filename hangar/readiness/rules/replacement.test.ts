// A template against the one that stands: what a change does to data and to fixed names.

import { expect, test } from "vitest";
import { found, stackWith } from "../test-stacks.ts";
import { replacement } from "./replacement.ts";

const judge = (before: object, after: object): string[] =>
  found(replacement, stackWith(after), { deployed: new Map([["Shop", stackWith(before)]]) }).map(
    ({ level, logicalId, property }) => [level, logicalId, property].filter(Boolean).join(" "),
  );
const table = (key: string, more: object = {}, policies: object = {}): object => ({
  Orders: {
    Type: "AWS::DynamoDB::Table",
    Properties: { KeySchema: [{ AttributeName: key, KeyType: "HASH" }], ...more },
    ...policies,
  },
});
const queue = (Properties: object): object => ({ Jobs: { Type: "AWS::SQS::Queue", Properties } });
const bucket = (BucketName: unknown): object => ({ Files: { Type: "AWS::S3::Bucket", Properties: { BucketName } } });
const kept = { DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" };

test.each([
  ["a key of a table replaces it", table("id"), table("orderId"), ["error Orders KeySchema.0.AttributeName"]],
  [
    "… also where the old one stays",
    table("id", {}, kept),
    table("orderId", {}, kept),
    ["error Orders KeySchema.0.AttributeName"],
  ],
  ["a setting of a table does not", table("id"), table("id", { BillingMode: "PAY_PER_REQUEST" }), []],
  ["another name replaces a bucket", bucket("shop-a"), bucket("shop-b"), ["error Files BucketName"]],
  [
    "the same name said by a reference is unknown on both sides, and compared as it is written",
    bucket({ "Fn::ImportValue": "n" }),
    bucket({ "Fn::ImportValue": "n" }),
    [],
  ],
  ["nothing is new", table("id"), table("id"), []],
  ["a queue has no data to lose", queue({ FifoQueue: true }), queue({ FifoQueue: false }), []],
  [
    "a replacement cannot have the name of the old one",
    queue({ FifoQueue: true, QueueName: "jobs.fifo" }),
    queue({ FifoQueue: false, QueueName: "jobs.fifo" }),
    ["error Jobs FifoQueue"],
  ],
  ["a table that is gone is deleted", { ...table("id"), ...queue({}) }, queue({}), ["error Orders"]],
  ["a table that is gone and kept is a note", { ...table("id", {}, kept), ...queue({}) }, queue({}), ["note Orders"]],
  ["a queue that is gone is no loss", { ...table("id"), ...queue({}) }, table("id"), []],
  ["a type cannot change", bucket("a"), { Files: { Type: "AWS::SQS::Queue" } }, ["error Files"]],
])("%s", (_, before, after, expected) => {
  expect(judge(before, after)).toEqual(expected);
});

test("without a deployed template nothing is compared, nor with a stack that is not there yet", () => {
  expect(found(replacement, stackWith(table("id")))).toEqual([]);
  const deployed = new Map([["Other", stackWith(table("orderId"), "Other")]]);
  expect(found(replacement, stackWith(table("id")), { deployed })).toEqual([]);
});
