// Tables' streams as event sources: filters, and what becomes of records that fail, as they were recorded from AWS (see ../NOTICE).

import * as s3 from "@aws-sdk/client-s3";
import type { Session } from "../session.ts";
import { allow, makeQueue, makeRunning, node, printed, queueArn, received } from "./invoked.ts";
import { recorded } from "./session.ts";
import { DYNAMODB, makeTable, map, named, put, TableName, WINDOW } from "./tables.ts";

const ON = "TestDynamoDBEventSourceMapping::test_";
const S3 = { service: "s3", sdk: s3 };
const show = node("console.log(JSON.stringify(event))");
const failing = node("{ throw new Error('no'); }");

const item = (id: string, more: object = {}): object => ({ id: { S: id }, ...more });
const one = "id_value_1";
const two = "id_value_2";

/** A pattern, what is written first and what then. */
const FILTERS: Readonly<Record<string, readonly [object, object, object]>> = {
  insert_same_entry_twice: [
    { eventName: ["INSERT"] },
    item("id_value", { id2: { S: "id2_value" } }),
    item("id_value", { id2: { S: "id2_new_value" } }),
  ],
  content_or_filter: [
    { eventName: ["INSERT", "MODIFY"] },
    item("id_value"),
    item("id_value", { id2: { S: "id2_new_value" } }),
  ],
  content_multiple_filters: [
    { eventName: ["INSERT"], eventSource: ["aws:dynamodb"] },
    item("id_value"),
    item("id_value", { id2: { S: "id2_new_value" } }),
  ],
  content_filter_type: [
    { dynamodb: { NewImage: { presentKey: { S: ["presentValue"] } } } },
    item(one, { presentKey: { S: "presentValue" } }),
    item(two, { presentKey: { S: "otherValue" } }),
  ],
  exists_filter_type: [
    { dynamodb: { NewImage: { presentKey: { S: [{ exists: true }] } } } },
    item(one, { presentKey: { S: "presentValue" } }),
    item(two),
  ],
  // Of what is no leaf it always holds.
  exists_false_filter: [
    { dynamodb: { NewImage: { presentKey: [{ exists: false }] } } },
    item(one),
    item(two, { presentKey: { S: "presentValue" } }),
  ],
  numeric_filter: [
    { dynamodb: { NewImage: { numericFilter: { N: [{ numeric: [">", 100] }, { "anything-but": "101" }] } } } },
    item(one, { numericFilter: { N: "42" } }),
    item(two, { numericFilter: { N: "101" } }),
  ],
  prefix_filter: [
    { dynamodb: { NewImage: { prefix: { S: [{ prefix: "us-1" }] } } } },
    item(one, { prefix: { S: "us-1-other-suffix" } }),
    item(two, { prefix: { S: "other-suffix" } }),
  ],
};

async function failingTo(s: Session, Destination: string, key: object): Promise<void> {
  await makeRunning(s, failing);
  await allow(s);
  const { created, updated, arn } = await makeTable(s, "my_partition_key");
  s.matches("create_table_response", created);
  s.matches("update_table_response", updated);
  await map(s, "create_event_source_mapping_response", arn, {
    ...WINDOW,
    DestinationConfig: { OnFailure: { Destination } },
  });
  await put(s, key);
  await s.cloud.clock.advance("1 minute");
}

const KEY = { my_partition_key: { S: "hello world" } };

recorded(import.meta.url, "lambda-integration-dynamodbstreams", {
  async [`${ON}dynamodb_event_source_mapping`](s) {
    await makeRunning(s, show);
    await allow(s);
    const { created, arn } = await makeTable(s, "my_partition_key");
    s.matches("create-table-result", created);
    await map(s, "create_event_source_mapping_response", arn);
    await put(s, { ...KEY, binary_key: { B: Buffer.from("foobar") } });
    await s.cloud.clock.advance("5 seconds");
    s.matches("event_logs", named(await printed(s)));
  },
  async [`${ON}disabled_dynamodb_event_source_mapping`](s) {
    await makeRunning(s, show);
    await allow(s);
    const { created, arn } = await makeTable(s, "id", "at once");
    s.matches("dynamodb_create_table_result", created);
    const settings = { StartingPosition: "TRIM_HORIZON", MaximumBatchingWindowInSeconds: 1 };
    const { UUID } = await map(s, "create_event_source_mapping_result", arn, settings);
    await put(s, item("one"));
    await s.cloud.clock.advance("5 seconds");
    await s.is("update_event_source_mapping_result", "UpdateEventSourceMapping", { UUID, Enabled: false });
  },
  async [`${ON}deletion_event_source_mapping_with_dynamodb`](s) {
    await makeRunning(s, show);
    await allow(s);
    const { created, arn: EventSourceArn } = await makeTable(s, "id", "at once");
    s.matches("create_dynamodb_table_response", created);
    await map(s, "create_event_source_mapping_result", EventSourceArn, { StartingPosition: "TRIM_HORIZON" });
    await s.with(DYNAMODB).do("DeleteTable", { TableName });
    await s.is("list_event_source_mapping_result", "ListEventSourceMappings", { EventSourceArn });
  },
  async [`${ON}duplicate_event_source_mappings`](s) {
    await makeRunning(s, show);
    await allow(s);
    const { created, arn } = await makeTable(s, "my_partition_key");
    s.matches("create-table-result", created);
    const settings = { ...WINDOW, BatchSize: undefined };
    await map(s, "create", arn, settings);
    await map(s, "error", arn, settings);
  },
  async [`${ON}dynamodb_event_source_mapping_with_on_failure_destination_config`](s) {
    const url = await makeQueue(s, "failed");
    await failingTo(s, queueArn("failed"), KEY);
    s.matches("destination_queue_messages", named(await received(s, url)));
  },
  async [`${ON}dynamodb_event_source_mapping_with_s3_on_failure_destination`](s) {
    const Bucket = "failed";
    await s.with(S3).do("CreateBucket", { Bucket });
    await failingTo(s, "arn:aws:s3:::failed", KEY);
    const { Contents } = await s.with(S3).do("ListObjectsV2", { Bucket });
    const [{ Key }] = Contents as [{ readonly Key: string }];
    const { Body } = (await s.with(S3).do("GetObject", { Bucket, Key })) as unknown as {
      readonly Body: { transformToString(): Promise<string> };
    };
    const { payload, ...record } = JSON.parse(await Body.transformToString()) as { readonly payload: string };
    s.matches("record_body", named({ ...record, payload: JSON.parse(payload) as unknown }));
  },
  ...Object.fromEntries(
    Object.entries(FILTERS).map(([name, [pattern, first, second]]): [string, (s: Session) => Promise<void>] => [
      `${ON}dynamodb_event_filter[${name}]`,
      async (s) => {
        await makeRunning(s, show);
        await allow(s);
        const { created, arn } = await makeTable(s, "id", "NEW_AND_OLD_IMAGES");
        s.matches("table_creation_response", created);
        const FilterCriteria = { Filters: [{ Pattern: JSON.stringify(pattern) }] };
        await map(s, "create_event_source_mapping_response", arn, { ...WINDOW, FilterCriteria });
        await put(s, first);
        await s.cloud.clock.advance("5 seconds");
        s.matches("lambda-log-events", named(await printed(s)));
        await put(s, second);
        await s.cloud.clock.advance("5 seconds");
        s.matches("lambda-multiple-log-events", named(await printed(s)));
      },
    ]),
  ),
  ...Object.fromEntries(
    [
      ["single-string", "single string"],
      ['[{"eventName": ["INSERT"=123}]', '[{"eventName": ["INSERT"=123}]'],
    ].map(([name, Pattern]): [string, (s: Session) => Promise<void>] => [
      `${ON}dynamodb_invalid_event_filter[${name}]`,
      async (s) => {
        await makeRunning(s, show);
        await allow(s);
        const { arn } = await makeTable(s, "id", "at once");
        const FilterCriteria = { Filters: [{ Pattern }] };
        await map(s, "exception_event_source_creation", arn, { ...WINDOW, FilterCriteria });
      },
    ]),
  ),
});
