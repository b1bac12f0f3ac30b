// Tables that stream their changes into Kinesis, through the real clients.

import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeKinesisStreamingDestinationCommand,
  DisableKinesisStreamingDestinationCommand,
  DynamoDBClient,
  EnableKinesisStreamingDestinationCommand,
  PutItemCommand,
  UpdateItemCommand,
  UpdateKinesisStreamingDestinationCommand,
  UpdateTimeToLiveCommand,
  type AttributeValue,
  type EnableKinesisStreamingConfiguration,
  type KinesisDataStreamDestination,
} from "@aws-sdk/client-dynamodb";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  StartStreamEncryptionCommand,
} from "@aws-sdk/client-kinesis";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let dynamodb: DynamoDBClient;
let kinesis: KinesisClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "kinesis-destination" });
  cloud.clock.hold();
  dynamodb = new DynamoDBClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  kinesis = new KinesisClient(cloud.clientConfig());
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const failure = (name: string, message: string): unknown => expect.objectContaining({ name, message });
const STATE = "Table is not in a valid state to enable Kinesis Streaming Destination";
const LIVE = `${STATE}: EnableKinesisStreamingDestination must be DISABLED or ENABLE_FAILED to perform ENABLE operation.`;

async function table(TableName: string): Promise<string> {
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    }),
  );
  return TableName;
}

async function stream(StreamName: string, ShardCount = 1): Promise<string> {
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount }));
  return `arn:aws:kinesis:us-east-1:000000000000:stream/${StreamName}`;
}

const enable = (TableName: string, StreamArn: string, precision?: EnableKinesisStreamingConfiguration) =>
  dynamodb.send(
    new EnableKinesisStreamingDestinationCommand({
      TableName,
      StreamArn,
      ...(precision === undefined ? {} : { EnableKinesisStreamingConfiguration: precision }),
    }),
  );
const disable = (TableName: string, StreamArn: string) =>
  dynamodb.send(new DisableKinesisStreamingDestinationCommand({ TableName, StreamArn }));

async function destinations(TableName: string): Promise<KinesisDataStreamDestination[]> {
  const answer = await dynamodb.send(new DescribeKinesisStreamingDestinationCommand({ TableName }));
  return answer.KinesisDataStreamDestinations ?? [];
}

type Sent = Record<string, unknown> & { readonly dynamodb: Record<string, unknown> };

async function sent(StreamARN: string): Promise<Sent[]> {
  await cloud.settle();
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamARN }));
  const all: Sent[] = [];
  for (const { ShardId } of Shards) {
    const { ShardIterator } = await kinesis.send(
      new GetShardIteratorCommand({ StreamARN, ShardId, ShardIteratorType: "TRIM_HORIZON" }),
    );
    const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    all.push(...Records.map(({ Data = [] }) => JSON.parse(Buffer.from(Data).toString()) as Sent));
  }
  return all;
}

const put = (TableName: string, Item: Record<string, AttributeValue>) =>
  dynamodb.send(new PutItemCommand({ TableName, Item }));

test("the four operations answer as recorded", async () => {
  const TableName = await table("recorded");
  const StreamArn = await stream("recorded");
  await expect(enable("bad-table", StreamArn)).rejects.toEqual(
    failure("ResourceNotFoundException", "Requested resource not found: Table: bad-table not found"),
  );
  expect(await destinations(TableName)).toEqual([]);
  const { $metadata: _enabled, ...enabled } = await enable(TableName, StreamArn);
  expect(enabled).toEqual({
    DestinationStatus: "ENABLING",
    EnableKinesisStreamingConfiguration: {},
    StreamArn,
    TableName,
  });
  expect(await destinations(TableName)).toEqual([{ DestinationStatus: "ACTIVE", StreamArn }]);
  const update = (input: object) =>
    dynamodb.send(new UpdateKinesisStreamingDestinationCommand({ TableName, StreamArn, ...input }));
  const precision = (ApproximateCreationDateTimePrecision: string): object => ({
    UpdateKinesisStreamingConfiguration: { ApproximateCreationDateTimePrecision },
  });
  const nothing = failure(
    "ValidationException",
    "Streaming destination cannot be updated with given parameters: UpdateKinesisStreamingConfiguration cannot be null or contain only null values",
  );
  await expect(update({})).rejects.toEqual(nothing);
  await expect(update({ UpdateKinesisStreamingConfiguration: {} })).rejects.toEqual(nothing);
  await expect(update(precision("SECOND"))).rejects.toEqual(
    failure(
      "ValidationException",
      "1 validation error detected: Value 'SECOND' at 'updateKinesisStreamingConfiguration.approximateCreationDateTimePrecision' failed to satisfy constraint: Member must satisfy enum value set: [MILLISECOND, MICROSECOND]",
    ),
  );
  const other = "arn:aws:kinesis:us-east-1:000000000000:stream/bad-stream";
  await expect(update({ ...precision("MICROSECOND"), StreamArn: other })).rejects.toEqual(
    failure(
      "ValidationException",
      `${STATE}: No streaming destination with streamArn: ${other} found for table with tableName: ${TableName}`,
    ),
  );
  // Absent is MILLISECOND.
  await expect(update(precision("MILLISECOND"))).rejects.toThrow(
    "Invalid Request: Precision is already set to the desired value of MILLISECOND for tableId: ",
  );
  const { $metadata: _updated, ...updated } = await update(precision("MICROSECOND"));
  expect(updated).toEqual({ DestinationStatus: "UPDATING", StreamArn, TableName, ...precision("MICROSECOND") });
  await expect(update(precision("MICROSECOND"))).rejects.toThrow(`MICROSECOND for tableId: `);
  const { $metadata: _disabled, ...disabled } = await disable(TableName, StreamArn);
  expect(disabled).toEqual({ DestinationStatus: "DISABLING", StreamArn, TableName });
  expect(await destinations(TableName)).toEqual([{ DestinationStatus: "DISABLED", StreamArn }]);
  await expect(disable(TableName, StreamArn)).rejects.toEqual(
    failure(
      "ValidationException",
      `${STATE}: KinesisStreamingDestination must be ACTIVE to perform DISABLE operation.`,
    ),
  );
  await enable(TableName, StreamArn);
  expect(await destinations(TableName)).toEqual([{ DestinationStatus: "ACTIVE", StreamArn }]);
});

test("one destination is live at most; what failed lingers with its reason", async () => {
  const TableName = await table("one-live");
  const [first, second] = [await stream("live-1"), await stream("live-2")];
  const missing = `${first}-missing`;
  await enable(TableName, missing);
  await enable(TableName, first);
  await expect(enable(TableName, first)).rejects.toEqual(failure("ValidationException", LIVE));
  await expect(enable(TableName, second)).rejects.toEqual(failure("ValidationException", LIVE));
  expect(await destinations(TableName)).toEqual([
    { StreamArn: first, DestinationStatus: "ACTIVE" },
    {
      StreamArn: missing,
      DestinationStatus: "ENABLE_FAILED",
      DestinationStatusDescription: "User does not have a permission to use kinesis stream",
    },
  ]);
});

test("changes arrive as DynamoDB writes them, in order for each item", async () => {
  const TableName = await table("written");
  const StreamArn = await stream("written", 3);
  await put(TableName, { id: { S: "before" } });
  await enable(TableName, StreamArn);
  await put(TableName, { id: { S: "a" }, n: { N: "1" }, b: { B: new Uint8Array([1, 2]) } });
  const Key = { id: { S: "a" } };
  const set = { UpdateExpression: "SET n = :n", ExpressionAttributeValues: { ":n": { N: "2" } } };
  await dynamodb.send(new UpdateItemCommand({ TableName, Key, ...set }));
  // A write that changes nothing is no change.
  await dynamodb.send(new UpdateItemCommand({ TableName, Key, ...set }));
  await dynamodb.send(new DeleteItemCommand({ TableName, Key }));
  const records = await sent(StreamArn);
  const image = (n: string): object => ({ id: { S: "a" }, n: { N: n }, b: { B: "AQI=" } });
  const at = cloud.clock.now();
  const record = (eventName: string, more: object): object => ({
    awsRegion: "us-east-1",
    eventID: expect.stringMatching(/^[0-9a-f-]{36}$/),
    eventName,
    userIdentity: null,
    recordFormat: "application/json",
    tableName: TableName,
    dynamodb: { ApproximateCreationDateTime: at, Keys: Key, SizeBytes: expect.any(Number), ...more },
    eventSource: "aws:dynamodb",
  });
  expect(records).toEqual([
    record("INSERT", { NewImage: image("1") }),
    record("MODIFY", { NewImage: image("2"), OldImage: image("1") }),
    record("REMOVE", { OldImage: image("2") }),
  ]);
  await disable(TableName, StreamArn);
  await put(TableName, { id: { S: "after" } });
  expect(await sent(StreamArn)).toHaveLength(3);
});

test("many writes keep each item's order; microseconds when asked for", async () => {
  const TableName = await table("many");
  const StreamArn = await stream("many", 4);
  await enable(TableName, StreamArn, { ApproximateCreationDateTimePrecision: "MICROSECOND" });
  for (let round = 0; round < 3; round += 1)
    await dynamodb.send(
      new BatchWriteItemCommand({
        RequestItems: {
          [TableName]: Array.from({ length: 20 }, (_, id) => ({
            PutRequest: { Item: { id: { S: String(id) }, round: { N: String(round) } } },
          })),
        },
      }),
    );
  const records = await sent(StreamArn);
  expect(records).toHaveLength(60);
  const rounds = (id: string): unknown[] =>
    records
      .map((record) => record.dynamodb["NewImage"] as { id: { S: string }; round: { N: string } })
      .filter((image) => image.id.S === id)
      .map((image) => image.round.N);
  for (let id = 0; id < 20; id += 1) expect(rounds(String(id))).toEqual(["0", "1", "2"]);
  expect(records[0]?.dynamodb).toMatchObject({
    ApproximateCreationDateTime: cloud.clock.now() * 1000,
    ApproximateCreationDateTimePrecision: "MICROSECOND",
  });
});

test("an expired item names DynamoDB as who removed it", async () => {
  const TableName = await table("expiring");
  const StreamArn = await stream("expiring");
  const TimeToLiveSpecification = { Enabled: true, AttributeName: "ends" };
  await dynamodb.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  await enable(TableName, StreamArn);
  await put(TableName, { id: { S: "a" }, ends: { N: String(Math.floor(cloud.clock.now() / 1000) + 60) } });
  await cloud.clock.advance("1 hour");
  expect((await sent(StreamArn)).at(-1)).toMatchObject({
    eventName: "REMOVE",
    userIdentity: { type: "Service", principalId: "dynamodb.amazonaws.com" },
  });
});

test("an encrypted stream takes changes, whoever made its key", async () => {
  const { KeyMetadata } = await new KMSClient(cloud.clientConfig()).send(new CreateKeyCommand({}));
  for (const [name, KeyId = ""] of [
    ["managed-key", "alias/aws/kinesis"],
    ["own-key", KeyMetadata?.KeyId],
  ] as const) {
    const TableName = await table(name);
    const StreamArn = await stream(name);
    await kinesis.send(new StartStreamEncryptionCommand({ StreamARN: StreamArn, EncryptionType: "KMS", KeyId }));
    await enable(TableName, StreamArn);
    await put(TableName, { id: { S: "a" } });
    expect(await sent(StreamArn)).toHaveLength(1);
  }
});

test("changes wait for a stream that is gone, and come in order when it is back", async () => {
  const TableName = await table("waiting");
  const StreamArn = await stream("waiting");
  await enable(TableName, StreamArn);
  await kinesis.send(new DeleteStreamCommand({ StreamARN: StreamArn }));
  for (const id of ["a", "b"]) await put(TableName, { id: { S: id } });
  await cloud.settle();
  await stream("waiting");
  await put(TableName, { id: { S: "c" } });
  await cloud.clock.advance("1 minute");
  expect((await sent(StreamArn)).map((record) => record.dynamodb["Keys"])).toEqual([
    { id: { S: "a" } },
    { id: { S: "b" } },
    { id: { S: "c" } },
  ]);
});

test("who may not use the stream gets a destination that failed", async () => {
  const TableName = await table("unauthorised");
  const StreamArn = await stream("unauthorised");
  const iam = new IAMClient(cloud.clientConfig());
  const UserName = "table-owner";
  await iam.send(new CreateUserCommand({ UserName }));
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "dynamodb:*", Resource: "*" }],
  });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const credentials = {
    accessKeyId: AccessKey?.AccessKeyId ?? "",
    secretAccessKey: AccessKey?.SecretAccessKey ?? "",
  };
  const owner = new DynamoDBClient({ ...cloud.clientConfig(), credentials });
  await owner.send(new EnableKinesisStreamingDestinationCommand({ TableName, StreamArn }));
  expect(await destinations(TableName)).toMatchObject([{ DestinationStatus: "ENABLE_FAILED" }]);
});
