// Whole answers as they were recorded from AWS (see NOTICE), more of which the fidelity room has: tables, their states, faults and the records of a stream.

import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  type CreateTableCommandInput,
} from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;
beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "recorded", dynamodb: { tableStates: "timed" } });
  client = new DynamoDBClient(cloud.clientConfig());
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const ARN = "arn:aws:dynamodb:us-east-1:000000000000:table";
const FIVE = { ReadCapacityUnits: 5, WriteCapacityUnits: 5 };
const onId = (TableName: string, more: Partial<CreateTableCommandInput> = {}): CreateTableCommand =>
  new CreateTableCommand({
    TableName,
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    ProvisionedThroughput: FIVE,
    ...more,
  });

async function active(TableName: string): Promise<void> {
  await cloud.clock.advance("1 minute");
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  expect(Table?.TableStatus).toBe("ACTIVE");
}

async function fault(command: object): Promise<string> {
  const error = (await client.send(command as never).then(
    () => new Error("It was no fault."),
    (thrown: unknown) => thrown,
  )) as Error & { $metadata?: { httpStatusCode?: number } };
  return `${error.$metadata?.httpStatusCode} ${error.name}: ${error.message}`;
}

test("a table's warm throughput is updating while it is made", async () => {
  const TableName = "warm";
  const WarmThroughput = { ReadUnitsPerSecond: 1000, WriteUnitsPerSecond: 1200 };
  const { TableDescription } = await client.send(onId(TableName, { WarmThroughput }));
  expect(TableDescription?.WarmThroughput).toEqual({ ...WarmThroughput, Status: "UPDATING" });
  await active(TableName);
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  expect(Table?.WarmThroughput).toEqual({ ...WarmThroughput, Status: "ACTIVE" });
});

test("an on-demand table with a global index", async () => {
  const TableName = "on-demand";
  const NONE = { NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0 };
  const index = {
    IndexName: "TransactionRecordID",
    KeySchema: [{ AttributeName: "TRID", KeyType: "HASH" as const }],
    Projection: { ProjectionType: "ALL" as const },
  };
  const { TableDescription } = await client.send(
    new CreateTableCommand({
      TableName,
      KeySchema: [{ AttributeName: "TID", KeyType: "HASH" }],
      AttributeDefinitions: [
        { AttributeName: "TID", AttributeType: "S" },
        { AttributeName: "TRID", AttributeType: "S" },
      ],
      BillingMode: "PAY_PER_REQUEST",
      GlobalSecondaryIndexes: [index],
    }),
  );
  const shown = {
    ...index,
    IndexArn: `${ARN}/${TableName}/index/TransactionRecordID`,
    IndexSizeBytes: 0,
    IndexStatus: "CREATING",
    ItemCount: 0,
    ProvisionedThroughput: NONE,
  };
  expect(TableDescription).toMatchObject({
    BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
    ProvisionedThroughput: NONE,
  });
  expect(TableDescription?.BillingModeSummary).toEqual({ BillingMode: "PAY_PER_REQUEST" });
  expect(TableDescription?.GlobalSecondaryIndexes).toEqual([shown]);
  await active(TableName);
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  const warm = { ReadUnitsPerSecond: 12000, Status: "ACTIVE", WriteUnitsPerSecond: 4000 };
  expect(Table).toMatchObject({
    BillingModeSummary: {
      BillingMode: "PAY_PER_REQUEST",
      LastUpdateToPayPerRequestDateTime: expect.any(Date) as Date,
    },
    WarmThroughput: warm,
  });
  expect(Table?.GlobalSecondaryIndexes).toEqual([{ ...shown, IndexStatus: "ACTIVE", WarmThroughput: warm }]);
});

test("faults", async () => {
  const TableName = "faults";
  await client.send(onId(TableName));
  await active(TableName);
  expect(await fault(onId(TableName))).toBe(`400 ResourceInUseException: Table already exists: ${TableName}`);
  expect(await fault(onId("mixed", { BillingMode: "PAY_PER_REQUEST" }))).toBe(
    "400 ValidationException: One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
  );
  const put = (table: string, Item: Record<string, { S: string }>): BatchWriteItemCommand =>
    new BatchWriteItemCommand({ RequestItems: { [table]: [{ PutRequest: { Item } }] } });
  expect(await fault(put(TableName, { nonKey: { S: "a" } }))).toBe(
    "400 ValidationException: The provided key element does not match the schema",
  );
  const write = { Put: { TableName: "non-existent", Item: { id: { S: "a" } } } };
  expect(await fault(new TransactWriteItemsCommand({ TransactItems: [write] }))).toBe(
    "400 ResourceNotFoundException: Requested resource not found",
  );
  const check = {
    ConditionCheck: { TableName, Key: { id: { S: "foo" } }, ConditionExpression: "attribute_exists(id)" },
  };
  const other = { Put: { TableName, Item: { id: { S: "bar" } } } };
  expect(await fault(new TransactWriteItemsCommand({ TransactItems: [check, other] }))).toBe(
    "400 TransactionCanceledException: Transaction cancelled, please refer cancellation reasons for specific reasons [ConditionalCheckFailed, None]",
  );
  expect(await fault(new ExecuteStatementCommand({ Statement: `SELECT * FROM "${TableName}"`, Parameters: [] }))).toBe(
    "400 ValidationException: 1 validation error detected: Value '[]' at 'parameters' failed to satisfy constraint: Member must have length greater than or equal to 1",
  );
});

test("a stream's records of transactions", async () => {
  const TableName = "streamed";
  const key = (id: string): { id: { S: string } } => ({ id: { S: id } });
  await client.send(
    onId(TableName, { StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" } }),
  );
  await active(TableName);
  const update = (id: string, attributes: Record<string, string>): object => ({
    Update: {
      TableName,
      Key: key(id),
      UpdateExpression: `SET ${Object.keys(attributes)
        .map((name) => `${name} = :${name}`)
        .join(", ")}`,
      ExpressionAttributeValues: Object.fromEntries(
        Object.entries(attributes).map(([name, value]) => [`:${name}`, { S: value }]),
      ),
    },
  });
  const transact = (...TransactItems: object[]): Promise<unknown> =>
    client.send(new TransactWriteItemsCommand({ TransactItems: TransactItems as never }));
  await client.send(new PutItemCommand({ TableName, Item: key("Fred") }));
  // What changes nothing leaves no record: Fred is put again as it is.
  await transact({ Put: { TableName, Item: key("NewKey") } }, { Put: { TableName, Item: key("Fred") } });
  await transact(update("NewKey", { attr1: "value1", attr2: "value2" }));
  await transact(update("NonExistentKey", { attr1: "value1" }));
  await transact({ Delete: { TableName, Key: key("NewKey") } });
  await client.send(new PutItemCommand({ TableName, Item: { ...key("Fred"), name: { S: "Fred" } } }));

  const image = { ...key("NewKey"), attr1: { S: "value1" }, attr2: { S: "value2" } };
  const streamed = [
    ["INSERT", 12, { Keys: key("Fred"), NewImage: key("Fred") }],
    ["INSERT", 16, { Keys: key("NewKey"), NewImage: key("NewKey") }],
    ["MODIFY", 46, { Keys: key("NewKey"), NewImage: image, OldImage: key("NewKey") }],
    ["INSERT", 43, { Keys: key("NonExistentKey"), NewImage: { ...key("NonExistentKey"), attr1: { S: "value1" } } }],
    ["REMOVE", 38, { Keys: key("NewKey"), OldImage: image }],
    ["MODIFY", 26, { Keys: key("Fred"), NewImage: { ...key("Fred"), name: { S: "Fred" } }, OldImage: key("Fred") }],
  ] as const;
  expect(await recordsOf(TableName)).toEqual(
    streamed.map(([eventName, SizeBytes, images]) => ({
      awsRegion: "us-east-1",
      dynamodb: {
        ApproximateCreationDateTime: expect.any(Date) as Date,
        SequenceNumber: expect.stringMatching(/^\d{21,40}$/) as string,
        SizeBytes,
        StreamViewType: "NEW_AND_OLD_IMAGES",
        ...images,
      },
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      eventName,
      eventSource: "aws:dynamodb",
      eventVersion: "1.1",
    })),
  );
});

async function recordsOf(TableName: string): Promise<unknown> {
  const streams = new DynamoDBStreamsClient(cloud.clientConfig());
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  const StreamArn = Table?.LatestStreamArn;
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  expect(StreamDescription).toEqual({
    CreationRequestDateTime: expect.any(Date) as Date,
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    Shards: [
      {
        SequenceNumberRange: { StartingSequenceNumber: expect.stringMatching(/^\d+$/) as string },
        ShardId: expect.stringMatching(/^shardId-\d{20}-[0-9a-f]{8}$/) as string,
      },
    ],
    StreamArn,
    StreamLabel: Table?.LatestStreamLabel,
    StreamStatus: "ENABLED",
    StreamViewType: "NEW_AND_OLD_IMAGES",
    TableName,
  });
  const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" }),
  );
  return (await streams.send(new GetRecordsCommand({ ShardIterator }))).Records;
}
