// Names that AWS refuses, that collide, and that are notes.

import { expect, test } from "vitest";
import { found, stackWith } from "../test-stacks.ts";
import { fixedNames, sharedNames, takenNames, wrongNames } from "./names.ts";

const bucket = (BucketName: unknown): object => ({ Type: "AWS::S3::Bucket", Properties: { BucketName } });
const queue = (QueueName: unknown): object => ({ Type: "AWS::SQS::Queue", Properties: { QueueName } });
const role = (RoleName: unknown): object => ({ Type: "AWS::IAM::Role", Properties: { RoleName } });
const domain = (Domain: unknown, more: object = {}): object => ({
  Type: "AWS::Cognito::UserPoolDomain",
  Properties: { Domain, ...more },
});
const ofAccount = { "Fn::Sub": "shop-${AWS::AccountId}-${AWS::Region}" };

test.each([
  [bucket("Shop_Pictures"), 'AWS does not take BucketName "Shop_Pictures".'],
  [bucket("x".repeat(64)), "BucketName has 64 characters; AWS takes 63."],
  [queue("q".repeat(81)), "QueueName has 81 characters; AWS takes 80."],
  [
    { Type: "AWS::Lambda::Function", Properties: { FunctionName: { "Fn::Join": ["-", ["f".repeat(60), "tail"]] } } },
    "FunctionName has 65 characters; AWS takes 64.",
  ],
  [role("r".repeat(65)), "RoleName has 65 characters; AWS takes 64."],
  [domain("my-cognito"), 'AWS does not take Domain "my-cognito".'],
])("%j is refused", (resource, message) => {
  expect(found(wrongNames, stackWith({ It: resource })).map((finding) => finding.message)).toEqual([message]);
});

test.each([
  bucket("shop-pictures"),
  bucket({ Ref: "AWS::NoValue" }),
  bucket({ "Fn::ImportValue": "name" }),
  queue("orders.fifo"),
  role("Reader+one@shop"),
  domain("login.amazon-shop.example", { CustomDomainConfig: { CertificateArn: "arn" } }),
])("%j is a name", (resource) => {
  expect(found(wrongNames, stackWith({ It: resource }))).toEqual([]);
});

test("one name stands for one resource: of a type, in a region, or in the account, or in the world", () => {
  const stack = stackWith({
    A: queue("jobs"),
    B: { ...queue("jobs") },
    C: { Type: "AWS::SNS::Topic", Properties: { TopicName: "jobs" } },
  });
  expect(found(sharedNames, stack).map(({ logicalId }) => logicalId)).toEqual(["B"]);
  const here = stackWith({ Q: queue("jobs"), R: role("reader"), B: bucket("shop") });
  const there = { ...here, name: "There", place: { ...here.place, region: "us-east-1" } };
  expect(found(sharedNames, [here, there]).map(({ logicalId }) => logicalId)).toEqual(["R", "B"]);
  const other = { ...there, place: { ...there.place, account: "444455556666" } };
  expect(found(sharedNames, [here, other]).map(({ logicalId }) => logicalId)).toEqual(["B"]);
});

test("a name that all accounts compete for is a note where it is written out", () => {
  const stack = stackWith({ A: bucket("shop-pictures"), B: bucket(ofAccount), C: domain("shop"), D: queue("jobs") });
  expect(found(takenNames, stack).map(({ level, logicalId }) => [level, logicalId])).toEqual([
    ["note", "A"],
    ["note", "C"],
  ]);
});

test("a fixed name is a note, and none is none", () => {
  const stack = stackWith({ A: queue("jobs"), B: queue({ Ref: "AWS::NoValue" }), C: role("reader") });
  expect(found(fixedNames, stack).map(({ level, logicalId }) => [level, logicalId])).toEqual([
    ["note", "A"],
    ["note", "C"],
  ]);
});
