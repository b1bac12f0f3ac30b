// Records of Kinesis through its own client: where they fall, how they are read, and how much at a time.

import {
  AddTagsToStreamCommand,
  GetRecordsCommand,
  KinesisClient,
  PutRecordCommand,
  PutRecordsCommand,
  UpdateMaxRecordSizeCommand,
} from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { ACCOUNT, arnOf, create, failure, iterator, put, read, shards, text } from "./test-streams.ts";

let cloud: RunningCloud;
let kinesis: KinesisClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "kinesis" });
  // Clients sign with the host's time: a held clock moves away from it without their signatures growing old.
  cloud.clock.hold();
  kinesis = new KinesisClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

describe("records", () => {
  test("come back in order, with what AWS says of them", async () => {
    const StreamName = await create(kinesis, "ordered");
    const first = await put(kinesis, StreamName, "a");
    const second = await put(kinesis, StreamName, "b", "other");
    expect(first.length).toBe(56);
    expect(second > first).toBe(true);
    const ShardIterator = await iterator(kinesis, StreamName);
    const answer = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    expect(answer).toMatchObject({ MillisBehindLatest: 0, NextShardIterator: expect.any(String) });
    expect(answer.Records?.[1]).toEqual({
      Data: new Uint8Array(Buffer.from("b")),
      PartitionKey: "other",
      SequenceNumber: second,
      ApproximateArrivalTimestamp: expect.any(Date),
    });
    const next = await kinesis.send(new GetRecordsCommand({ ShardIterator: answer.NextShardIterator }));
    expect(next.Records).toEqual([]);
  });

  test("fall into the shard of their partition key's MD5, or of their explicit hash key", async () => {
    const StreamName = await create(kinesis, "placed", 3);
    const Data = Buffer.from("x");
    const { Records, FailedRecordCount } = await kinesis.send(
      new PutRecordsCommand({
        StreamName,
        Records: [
          { Data, PartitionKey: "a" },
          { Data, PartitionKey: "b" },
          { Data, PartitionKey: "a", ExplicitHashKey: "340282366920938463463374607431768211455" },
          { Data, PartitionKey: "a", ExplicitHashKey: "113427455640312821154458202477256070485" },
        ],
      }),
    );
    // 0cc1… , 92eb… of thirds at 5555… and aaaa…
    expect(Records?.map((record) => record.ShardId?.at(-1))).toEqual(["0", "1", "2", "1"]);
    expect(FailedRecordCount).toBe(0);
    await expect(
      kinesis.send(
        new PutRecordCommand({
          StreamName,
          Data,
          PartitionKey: "a",
          ExplicitHashKey: "340282366920938463463374607431768211456",
        }),
      ),
    ).rejects.toEqual(
      failure(
        "InvalidArgumentException",
        "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was 340282366920938463463374607431768211456",
      ),
    );
  });

  test("are read from all five positions", async () => {
    const StreamName = await create(kinesis, "positions");
    const a = await put(kinesis, StreamName, "a");
    await cloud.clock.advance("10 seconds");
    const Timestamp = new Date(cloud.clock.now());
    const b = await put(kinesis, StreamName, "b");
    await put(kinesis, StreamName, "c");
    const latest = await iterator(kinesis, StreamName, { ShardIteratorType: "LATEST" });
    await put(kinesis, StreamName, "d");
    expect(
      await read(kinesis, StreamName, { ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber: b }),
    ).toEqual(["b", "c", "d"]);
    expect(
      await read(kinesis, StreamName, { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber: a }),
    ).toEqual(["b", "c", "d"]);
    expect(await read(kinesis, StreamName, { ShardIteratorType: "AT_TIMESTAMP", Timestamp })).toEqual(["b", "c", "d"]);
    expect(text((await kinesis.send(new GetRecordsCommand({ ShardIterator: latest }))).Records)).toEqual(["d"]);
    const [shard] = await shards(kinesis, StreamName);
    const StartingSequenceNumber = shard?.SequenceNumberRange?.StartingSequenceNumber;
    expect(
      await read(kinesis, StreamName, { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber }),
    ).toHaveLength(4);
  });

  test.each([
    [
      { ShardIteratorType: "LATEST", StartingSequenceNumber: "1" },
      "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified LATEST and also a StartingSequenceNumber.",
    ],
    [
      { ShardIteratorType: "AT_SEQUENCE_NUMBER" },
      "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified AT_SEQUENCE_NUMBER and no StartingSequenceNumber.",
    ],
    [
      { ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber: "5" },
      `StartingSequenceNumber 5 used in GetShardIterator on shard shardId-000000000000 in stream refused under account ${ACCOUNT} is invalid.`,
    ],
    [
      { ShardIteratorType: "AT_TIMESTAMP" },
      "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.",
    ],
  ] as const)("an iterator for %j is refused", async (input, message) => {
    await create(kinesis, "refused").catch(() => undefined);
    await expect(iterator(kinesis, "refused", input)).rejects.toEqual(failure("InvalidArgumentException", message));
  });

  test("an iterator of another stream's number, or a shard that is not there, is refused", async () => {
    const one = await create(kinesis, "one");
    await cloud.clock.advance("2 seconds");
    const two = await create(kinesis, "two", 2);
    const StartingSequenceNumber = await put(kinesis, one, "x");
    await expect(
      iterator(kinesis, two, { ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber }),
    ).rejects.toThrow("is invalid because it did not come from this stream.");
    await expect(
      iterator(kinesis, two, { ShardId: "1", ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber }),
    ).rejects.toThrow(
      "Invalid StartingSequenceNumber. It encodes shardId-000000000000, while it was used in a call to a shard with shardId-000000000001",
    );
    await expect(iterator(kinesis, two, { ShardId: "shardId-000000000007" })).rejects.toEqual(
      failure(
        "ResourceNotFoundException",
        `Shard shardId-000000000007 in stream two under account ${ACCOUNT} does not exist`,
      ),
    );
    await expect(iterator(kinesis, two, { ShardId: "what" })).rejects.toEqual(
      failure("ResourceNotFoundException", `Could not find shard what in stream two under account ${ACCOUNT}.`),
    );
    await expect(kinesis.send(new GetRecordsCommand({ ShardIterator: "AAAA" }))).rejects.toEqual(
      failure("InvalidArgumentException", "Invalid ShardIterator."),
    );
  });

  test("an iterator lasts five minutes", async () => {
    const StreamName = await create(kinesis, "expiring");
    const ShardIterator = await iterator(kinesis, StreamName);
    await cloud.clock.advance("5 minutes");
    await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    await cloud.clock.advance("1 second");
    await expect(kinesis.send(new GetRecordsCommand({ ShardIterator }))).rejects.toEqual(
      expect.objectContaining({
        name: "ExpiredIteratorException",
        message: expect.stringMatching(
          /^Iterator expired\. The iterator was created at time \w{3} \w{3} \d\d \d\d:\d\d:\d\d UTC \d{4} while right now it is .* which is further in the future than the tolerated delay of 300000 milliseconds\.$/,
        ),
      }),
    );
  });

  test("an answer stops at the limit, and says how far behind it is", async () => {
    const StreamName = await create(kinesis, "behind");
    for (const data of ["a", "b", "c"]) {
      await put(kinesis, StreamName, data);
      await cloud.clock.advance("1 second");
    }
    const answer = await kinesis.send(
      new GetRecordsCommand({ ShardIterator: await iterator(kinesis, StreamName), Limit: 2 }),
    );
    expect([text(answer.Records), answer.MillisBehindLatest]).toEqual([["a", "b"], 2000]);
    const rest = await kinesis.send(new GetRecordsCommand({ ShardIterator: answer.NextShardIterator }));
    expect([text(rest.Records), rest.MillisBehindLatest]).toEqual([["c"], 0]);
  });

  test("an answer has at most 10 MiB", async () => {
    const StreamName = await create(kinesis, "large");
    const Data = Buffer.alloc(1_000_000);
    for (let count = 0; count < 11; count += 1)
      await kinesis.send(new PutRecordCommand({ StreamName, Data, PartitionKey: "p" }));
    const answer = await kinesis.send(new GetRecordsCommand({ ShardIterator: await iterator(kinesis, StreamName) }));
    expect(answer.Records).toHaveLength(10);
  });

  test("a record with its key may be as large as the stream says, a request 10 MiB", async () => {
    const StreamName = await create(kinesis, "sized");
    const Data = Buffer.alloc(1_048_576);
    const tooLong = failure(
      "ValidationException",
      "1 validation error detected: Value at 'data' failed to satisfy constraint: Member must have length less than or equal to 1048576",
    );
    const record = { StreamName, Data, PartitionKey: "p" };
    await expect(kinesis.send(new PutRecordCommand(record))).rejects.toEqual(tooLong);
    await kinesis.send(new UpdateMaxRecordSizeCommand({ StreamARN: arnOf(StreamName), MaxRecordSizeInKiB: 2048 }));
    await kinesis.send(new PutRecordCommand(record));
    const Records = Array.from({ length: 10 }, () => ({ Data, PartitionKey: "p" }));
    await expect(kinesis.send(new PutRecordsCommand({ StreamName, Records }))).rejects.toEqual(
      failure("InvalidArgumentException", "Records size exceeds 10 MB limit"),
    );
    const many = Array.from({ length: 501 }, () => ({ Data: Buffer.from("x"), PartitionKey: "p" }));
    await expect(kinesis.send(new PutRecordsCommand({ StreamName, Records: many }))).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining("Member must have length less than or equal to 500"),
    });
  });

  test("a number to order by must be one that may exist", async () => {
    const StreamName = await create(kinesis, "numbered");
    const SequenceNumberForOrdering = await put(kinesis, StreamName, "a");
    const record = { StreamName, Data: Buffer.from("b"), PartitionKey: "p" };
    await kinesis.send(new PutRecordCommand({ ...record, SequenceNumberForOrdering }));
    await expect(kinesis.send(new PutRecordCommand({ ...record, SequenceNumberForOrdering: "7" }))).rejects.toEqual(
      failure(
        "InvalidArgumentException",
        `ExclusiveMinimumSequenceNumber 7 used in PutRecord on stream numbered under account ${ACCOUNT} is invalid.`,
      ),
    );
  });
});

describe("throughput, where the stream asks for it", () => {
  const exceeded = (stream: string): string =>
    `Rate exceeded for shard shardId-000000000000 in stream ${stream} under account ${ACCOUNT}.`;

  async function enforced(StreamName: string): Promise<string> {
    await create(kinesis, StreamName);
    await kinesis.send(new AddTagsToStreamCommand({ StreamName, Tags: { "hangar:throughput": "enforced" } }));
    return StreamName;
  }

  test("of PutRecords single records fail above 1,000 or 1 MiB a second", async () => {
    const StreamName = await enforced("enforced-writes");
    const Records = Array.from({ length: 400 }, () => ({ Data: Buffer.from("x"), PartitionKey: "p" }));
    const write = () => kinesis.send(new PutRecordsCommand({ StreamName, Records }));
    expect([(await write()).FailedRecordCount, (await write()).FailedRecordCount]).toEqual([0, 0]);
    const third = await write();
    expect(third.FailedRecordCount).toBe(200);
    expect(third.Records?.[199]).toMatchObject({ ShardId: "shardId-000000000000" });
    expect(third.Records?.[200]).toEqual({
      ErrorCode: "ProvisionedThroughputExceededException",
      ErrorMessage: exceeded(StreamName),
    });
    const Data = Buffer.alloc(1_000_000);
    const large = new PutRecordCommand({ StreamName, Data, PartitionKey: "p" });
    await expect(kinesis.send(large)).rejects.toEqual(
      failure("ProvisionedThroughputExceededException", exceeded(StreamName)),
    );
    await cloud.clock.advance("1 second");
    await kinesis.send(large);
    await expect(kinesis.send(large)).rejects.toThrow(exceeded(StreamName));
  });

  test("five reads a second, and after a large one a pause", async () => {
    const StreamName = await enforced("enforced-reads");
    const Data = Buffer.alloc(1_000_000);
    for (let count = 0; count < 4; count += 1) {
      await kinesis.send(new PutRecordCommand({ StreamName, Data, PartitionKey: "p" }));
      await cloud.clock.advance("1 second");
    }
    const ShardIterator = await iterator(kinesis, StreamName, { ShardIteratorType: "LATEST" });
    const nothing = new GetRecordsCommand({ ShardIterator });
    for (let count = 0; count < 5; count += 1) await kinesis.send(nothing);
    await expect(kinesis.send(nothing)).rejects.toThrow(exceeded(StreamName));
    await cloud.clock.advance("1 second");
    expect(await read(kinesis, StreamName)).toHaveLength(4);
    await expect(kinesis.send(nothing)).rejects.toThrow(exceeded(StreamName));
    await cloud.clock.advance("2 seconds");
    await kinesis.send(nothing);
  });
});
