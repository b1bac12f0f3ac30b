// Tables that templates fill from a bucket, and whose hot keys they want watched.

import {
  DescribeContributorInsightsCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListTagsOfResourceCommand,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, ref, stacksOf, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let at: Stacks;
let client: DynamoDBClient;

const Bucket = "seeds";

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "table imports" });
  at = stacksOf(cloud);
  client = new DynamoDBClient(cloud.clientConfig());
  const s3 = new S3Client(cloud.clientConfig());
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "good/one.csv", Body: "id;v\n1;one\n2;two\n" }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "bad/one.csv", Body: "other;v\n1;one\n" }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const table = (S3KeyPrefix: string, more: object = {}) => ({
  Table: {
    Type: "AWS::DynamoDB::Table",
    Properties: {
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "N" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      ImportSourceSpecification: {
        S3BucketSource: { S3Bucket: Bucket, S3KeyPrefix },
        InputFormat: "CSV",
        InputFormatOptions: { Csv: { Delimiter: ";" } },
      },
      ...more,
    },
  },
});

test("a table is filled before its stack is complete; what imports do not know of is set then", async () => {
  const outputs = await at.deploy(
    "seeded",
    table("good/", {
      StreamSpecification: { StreamViewType: "NEW_IMAGE" },
      DeletionProtectionEnabled: false,
      TimeToLiveSpecification: { Enabled: true, AttributeName: "until" },
      Tags: [{ Key: "of", Value: "seeds" }],
    }),
    { Name: ref("Table"), Arn: attribute("Table", "Arn"), Stream: attribute("Table", "StreamArn") },
  );
  const { Items } = await client.send(new ScanCommand({ TableName: outputs["Name"] }));
  expect(Items).toHaveLength(2);
  expect(Items).toContainEqual({ id: { N: "1" }, v: { S: "one" } });
  const { Table } = await client.send(new DescribeTableCommand({ TableName: outputs["Name"] }));
  expect(Table?.LatestStreamArn).toBe(outputs["Stream"]);
  const { Tags } = await client.send(new ListTagsOfResourceCommand({ ResourceArn: outputs["Arn"] }));
  expect(Tags).toContainEqual({ Key: "of", Value: "seeds" });
});

test("an import that leaves items out fails the stack and leaves no table", async () => {
  const reason = await at.failure("unseeded", table("bad/", { TableName: "Unseeded" }));
  expect(reason).toContain("ItemValidationError: Some of the items failed validation checks and were not imported.");
  await expect(client.send(new DescribeTableCommand({ TableName: "Unseeded" }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

test("hot keys of a table and its index are watched as the template says, in place", async () => {
  const watched = (own: object | undefined, ofIndex: object | undefined) => ({
    Table: {
      Type: "AWS::DynamoDB::Table",
      Properties: {
        TableName: "Watched",
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: ["id", "g"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        GlobalSecondaryIndexes: [
          {
            IndexName: "byG",
            KeySchema: [{ AttributeName: "g", KeyType: "HASH" }],
            Projection: { ProjectionType: "ALL" },
            ...(ofIndex !== undefined && { ContributorInsightsSpecification: ofIndex }),
          },
        ],
        ...(own !== undefined && { ContributorInsightsSpecification: own }),
      },
    },
  });
  const states = async () =>
    Promise.all(
      [undefined, "byG"].map(async (IndexName) => {
        const answer = await client.send(new DescribeContributorInsightsCommand({ TableName: "Watched", IndexName }));
        return [answer.ContributorInsightsStatus, answer.ContributorInsightsMode];
      }),
    );
  await at.deploy("watched", watched({ Enabled: true }, { Enabled: true, Mode: "THROTTLED_KEYS" }), {});
  expect(await states()).toEqual([
    ["ENABLED", "ACCESSED_AND_THROTTLED_KEYS"],
    ["ENABLED", "THROTTLED_KEYS"],
  ]);
  await at.deploy("watched", watched({ Enabled: true, Mode: "THROTTLED_KEYS" }, undefined), {});
  expect(await states()).toEqual([
    ["ENABLED", "THROTTLED_KEYS"],
    ["DISABLED", "THROTTLED_KEYS"],
  ]);
});
