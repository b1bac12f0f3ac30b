// Mappings on table streams: batches, windows, lanes, states and shards.

import { UpdateTableCommand } from "@aws-sdk/client-dynamodb";
import {
  DeleteEventSourceMappingCommand,
  UpdateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startStreamSuite, type StreamSuite } from "../test-stream.ts";

let at: StreamSuite;
beforeAll(async () => {
  at = await startStreamSuite("stream-mappings");
});
afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

test("ParallelizationFactor: slow items do not hold up others, and each item's changes keep their order", async () => {
  const stream = await at.makeTable("parallel");
  await at.put("parallel", ["slow"], { slow: { N: "400" }, n: { N: "1" } });
  await at.put("parallel", ["slow"], { n: { N: "2" } });
  const quick = Array.from({ length: 10 }, (_, index) => `quick${index}-`);
  for (const n of ["1", "2"]) await at.put("parallel", quick, { n: { N: n } });
  const uuid = await at.map(stream, { ParallelizationFactor: 10, BatchSize: 1 });
  await at.cloud.settle();
  const ids = (await at.batches(stream)).flat();
  expect(ids[0]).not.toBe("slow1");
  const both = ["slow", ...quick];
  expect(ids.toSorted()).toEqual(both.flatMap((id) => [`${id}1`, `${id}2`]).toSorted());
  for (const id of both) expect(ids.indexOf(`${id}1`)).toBeLessThan(ids.indexOf(`${id}2`));
  // Other lanes begin where these have come to.
  await at.lambda.send(new UpdateEventSourceMappingCommand({ UUID: uuid, ParallelizationFactor: 2 }));
  await at.put("parallel", ["last"]);
  await at.cloud.settle();
  expect((await at.batches(stream)).flat().slice(ids.length)).toEqual(["last"]);
});

test("a tumbling window hands its state from call to call, and ends with a call of its own", async () => {
  const stream = await at.makeTable("tumbling");
  // To the start of a window, by the clock of the world.
  await at.cloud.clock.advance(60_000 - (at.cloud.clock.now() % 60_000));
  await at.map(stream, { TumblingWindowInSeconds: 60, BatchSize: 2 });
  await at.put("tumbling", ["a", "b", "c"]);
  await at.cloud.settle();
  await at.cloud.clock.advance("1 minute");
  await at.put("tumbling", ["d"]);
  await at.cloud.settle();
  await at.cloud.clock.advance("1 minute");
  const events = await at.seen(stream);
  const facts = events.map(({ ids, rest }) => [ids, rest["state"], rest["isFinalInvokeForWindow"]]);
  expect(facts).toEqual([
    [["a", "b"], {}, false],
    [["c"], { count: 2 }, false],
    [[], { count: 3 }, true],
    [["d"], {}, false],
    [[], { count: 1 }, true],
  ]);
  expect(events[0]?.rest).toEqual({
    window: {
      start: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/),
      end: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/),
    },
    state: {},
    shardId: expect.stringMatching(/^shardId-/),
    eventSourceARN: stream,
    isFinalInvokeForWindow: false,
    isWindowTerminatedEarly: false,
  });
});

test("a batch is no bigger than an invocation's six megabytes", async () => {
  const stream = await at.makeTable("big");
  const ids = Array.from({ length: 17 }, (_, index) => `big${String(index).padStart(2, "0")}`);
  await at.put("big", ids, { text: { S: "é".repeat(195_000) } });
  await at.map(stream);
  await at.cloud.settle();
  expect(await at.batches(stream)).toEqual([ids.slice(0, 16), ids.slice(16)]);
});

test("a batching window gathers what comes in its time, unless the batch is full before", async () => {
  const stream = await at.makeTable("windowed");
  await at.map(stream, { MaximumBatchingWindowInSeconds: 60, BatchSize: 3 });
  await at.put("windowed", ["a", "b"]);
  await at.cloud.settle();
  expect(await at.batches(stream)).toEqual([]);
  await at.put("windowed", ["c", "d"]);
  await at.cloud.settle();
  expect(await at.batches(stream)).toEqual([["a", "b", "c"]]);
  await at.cloud.clock.advance("1 minute");
  expect(await at.batches(stream)).toEqual([["a", "b", "c"], ["d"]]);
});

test("switched off, a mapping stands still; switched on, it goes on where it was, in shards that came since, too", async () => {
  const stream = await at.makeTable("switched");
  await at.put("switched", ["before"]);
  const uuid = await at.map(stream, { StartingPosition: "LATEST" });
  await at.put("switched", ["a"]);
  await at.cloud.settle();
  const turn = (Enabled: boolean) => at.lambda.send(new UpdateEventSourceMappingCommand({ UUID: uuid, Enabled }));
  expect((await turn(false)).State).toBe("Disabling");
  await at.put("switched", ["b"]);
  await at.cloud.clock.advance("5 hours");
  await at.put("switched", ["c"]);
  await at.cloud.settle();
  expect(await at.batches(stream)).toEqual([["a"]]);
  expect((await turn(true)).State).toBe("Enabling");
  await at.cloud.settle();
  expect(await at.batches(stream)).toEqual([["a"], ["b"], ["c"]]);
  await at.lambda.send(new DeleteEventSourceMappingCommand({ UUID: uuid }));
  await at.put("switched", ["d"]);
  await at.cloud.settle();
  expect(await at.batches(stream)).toHaveLength(3);
});

test("all shards of a stream are read to their end, parents before children", async () => {
  const stream = await at.makeTable("sharded", [{ Key: "hangar:partitions", Value: "4" }]);
  const ids = Array.from({ length: 12 }, (_, index) => `item${index}-`);
  await at.put("sharded", ids, { n: { N: "1" } });
  await at.cloud.clock.advance("5 hours");
  await at.put("sharded", ids, { n: { N: "2" } });
  await at.dynamodb.send(
    new UpdateTableCommand({ TableName: "sharded", StreamSpecification: { StreamEnabled: false } }),
  );
  await at.map(stream);
  await at.cloud.settle();
  const all = (await at.batches(stream)).flat();
  expect(all.toSorted()).toEqual(ids.flatMap((id) => [`${id}1`, `${id}2`]).toSorted());
  for (const id of ids) expect(all.indexOf(`${id}1`)).toBeLessThan(all.indexOf(`${id}2`));
});

test.each<[string, Partial<CreateEventSourceMappingCommandInput>, string]>([
  [
    "a maximum of concurrent calls, which queues have",
    { ScalingConfig: { MaximumConcurrency: 2 } },
    "Unsupported ScalingConfig parameter for given event source mapping type.",
  ],
  [
    "an age limit below a minute",
    { MaximumRecordAgeInSeconds: 30 },
    "MaximumRecordAgeInSeconds must be -1 or between 60 and 604800.",
  ],
  [
    "a function as destination",
    { DestinationConfig: { OnFailure: { Destination: "arn:aws:lambda:us-east-1:000000000000:function:reader" } } },
    "The provided destination config DestinationConfig(onSuccess=null, onFailure=OnFailure(destination=arn:aws:lambda:us-east-1:000000000000:function:reader)) is invalid.",
  ],
])("refused: %s", async (_, more, message) => {
  const stream = await at.makeTable(`refused-${message.length}`);
  await expect(at.map(stream, more)).rejects.toMatchObject({ name: "InvalidParameterValueException", message });
});
