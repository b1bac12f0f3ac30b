// Kinesis streams as event sources: what functions get of them, and what becomes of records that fail, as they were recorded from AWS (see ../NOTICE).

import * as kinesis from "@aws-sdk/client-kinesis";
import * as s3 from "@aws-sdk/client-s3";
import type { Answer, Input, Session } from "../session.ts";
import { allow, makeQueue, makeRunning, node, printed, queueArn, received } from "./invoked.ts";
import { answering, FAILURES, SUCCESSES } from "./batch-answers.ts";
import { FunctionName, recorded } from "./session.ts";

const ON = "TestKinesisSource::test_";
const KINESIS = { service: "kinesis", sdk: kinesis };
const StreamName = "source";
const EventSourceArn = `arn:aws:kinesis:us-east-1:000000000000:stream/${StreamName}`;
const show = node("console.log(JSON.stringify(event))");
const failing = node("{ throw new Error('no'); }");

const RESPONSE = "create_event_source_mapping_response";
const WINDOW = { StartingPosition: "TRIM_HORIZON", BatchSize: 1, MaximumBatchingWindowInSeconds: 1 };
const REPORTS = { ...WINDOW, FunctionResponseTypes: ["ReportBatchItemFailures"] };
const toQueue = { DestinationConfig: { OnFailure: { Destination: queueArn("failed") } } };

async function prepare(s: Session, code: Input): Promise<void> {
  await makeRunning(s, code);
  await allow(s);
  await s.with(KINESIS).do("CreateStream", { StreamName, ShardCount: 1 });
  await s.cloud.settle();
}

const map = (s: Session, label: string, more: Input): Promise<Answer> =>
  s.is(label, "CreateEventSourceMapping", { FunctionName, EventSourceArn, ...more });

/** Each its partition key and its data. */
async function put(s: Session, records: readonly (readonly [string, string])[]): Promise<void> {
  const Records = records.map(([PartitionKey, data]) => ({ PartitionKey, Data: Buffer.from(data) }));
  await s.with(KINESIS).do("PutRecords", { StreamName, Records });
}

const numbered = (key: string): [string, string][] =>
  Array.from({ length: 10 }, (_, index) => [key, `{"record_id": ${index}}`]);

const wait = (s: Session, time = "5 seconds") => s.cloud.clock.advance(time);

/** Times have names. */
function named(value: unknown): unknown {
  const text = JSON.stringify(value).replaceAll(
    /\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z/g,
    "<timestamp:2022-07-13T13:48:01.000Z>",
  );
  return JSON.parse(text, (name, member: unknown) =>
    name === "approximateArrivalTimestamp" ? "<approximate-arrival-timestamp>" : member,
  );
}

/** Not the errors, which are printed too. */
const events = async (s: Session): Promise<unknown[]> =>
  (named(await printed(s)) as readonly object[]).filter((each) => "Records" in each);
const records = async (s: Session): Promise<{ readonly Records: unknown[] }> => ({
  Records: ((await events(s)) as readonly { readonly Records: unknown[] }[]).flatMap((event) => event.Records),
});
const begun = async (s: Session): Promise<unknown> =>
  (await events(s)).map((event) => ({ executionStart: "<execution-start>", event }));

recorded(import.meta.url, "lambda-integration-kinesis", {
  async [`${ON}create_kinesis_event_source_mapping`](s) {
    await prepare(s, show);
    await map(s, RESPONSE, { StartingPosition: "LATEST" });
    await wait(s);
    await put(
      s,
      Array.from({ length: 10 }, (_, index): [string, string] => [`test_${index}`, "hello"]),
    );
    await wait(s);
    s.matches("kinesis_records", await records(s));
  },
  async [`${ON}create_kinesis_event_source_mapping_multiple_lambdas_single_kinesis_event_stream`](s) {
    await prepare(s, show);
    await makeRunning(s, show, { FunctionName: "another" });
    await map(s, `${RESPONSE}-a`, { StartingPosition: "TRIM_HORIZON" });
    await map(s, `${RESPONSE}-b`, { StartingPosition: "TRIM_HORIZON", FunctionName: "another" });
    await put(s, [["test_1", "hello"]]);
    await wait(s);
    s.matches("kinesis_records-a", await records(s));
    const [event] = named(await printed(s, "another")) as [unknown];
    s.matches("kinesis_records-b", event);
  },
  async [`${ON}kinesis_event_source_mapping_with_async_invocation`](s) {
    await prepare(s, show);
    await map(s, RESPONSE, { StartingPosition: "LATEST", BatchSize: 10 });
    await wait(s);
    for (const key of ["test_0", "test_1"]) {
      await put(s, numbered(key));
      await wait(s);
    }
    s.matches("invocation_events", await begun(s));
  },
  async [`${ON}kinesis_event_source_trim_horizon`](s) {
    await prepare(s, show);
    for (const key of ["test_0", "test_1", "test_3"]) await put(s, numbered(key));
    await map(s, RESPONSE, { StartingPosition: "TRIM_HORIZON", BatchSize: 10 });
    await wait(s);
    s.matches("invocation_events", await begun(s));
  },
  async [`${ON}disable_kinesis_event_source_mapping`](s) {
    await prepare(s, show);
    const { UUID } = await map(s, RESPONSE, { StartingPosition: "LATEST", BatchSize: 10 });
    await wait(s);
    await put(s, numbered("test"));
    await wait(s);
    await s.do("UpdateEventSourceMapping", { UUID, Enabled: false });
    await put(s, numbered("test"));
    await wait(s);
    s.matches("invocation_events", await events(s));
  },
  async [`${ON}duplicate_event_source_mappings`](s) {
    await prepare(s, show);
    await map(s, "create", { StartingPosition: "LATEST" });
    await map(s, "error", { StartingPosition: "LATEST" });
  },
  async [`${ON}esm_with_not_existing_kinesis_stream`](s) {
    await makeRunning(s, show);
    await allow(s);
    const missing = { EventSourceArn: EventSourceArn.replace(StreamName, "test-foobar-81ded7e8") };
    await map(s, "error", { StartingPosition: "LATEST", ...missing });
  },
  async [`${ON}kinesis_empty_provided`](s) {
    await prepare(s, show);
    const Destination = { DestinationConfig: { OnFailure: {} } };
    const { UUID } = await map(s, RESPONSE, { ...WINDOW, MaximumRetryAttempts: 2, ...Destination });
    await put(s, [["test", "stream-data"]]);
    await wait(s);
    await s.is("get_esm_result", "GetEventSourceMapping", { UUID });
  },
  async "TestKinesisEventFiltering::test_kinesis_event_filtering_json_pattern"(s) {
    await prepare(s, show);
    await makeRunning(s, show, { FunctionName: "another" });
    const of = (type: string) => {
      const Pattern = JSON.stringify({ data: { event_type: [type] } });
      return { ...WINDOW, MaximumRetryAttempts: 1, FilterCriteria: { Filters: [{ Pattern }] } };
    };
    await map(s, RESPONSE, of("function_1"));
    const second = { ...of("function_2"), FunctionName: "another" };
    await map(s, "create_event_source_mapping_2_response", second);
    await put(s, [["test", '{"event_type": "function_1", "message": "foo"}']]);
    await wait(s);
    const all = [...(await printed(s)), ...(await printed(s, "another"))] as readonly {
      readonly Records: readonly { readonly kinesis: { readonly data: string } }[];
    }[];
    const data = all.flatMap(({ Records }) =>
      Records.map((each) => Buffer.from(each.kinesis.data, "base64").toString()),
    );
    s.matches("kinesis-record-lambda-payload", `[${data.join(", ")}]`);
  },
  async [`${ON}kinesis_event_source_mapping_with_on_failure_destination_config`](s) {
    const url = await makeQueue(s, "failed");
    await prepare(s, failing);
    await map(s, RESPONSE, { ...WINDOW, MaximumRetryAttempts: 1, ...toQueue });
    await put(s, [["custom", '{"input": "hello", "value": "world", "raise_error": 1}']]);
    await wait(s, "1 minute");
    s.matches("sqs_payload", named(await received(s, url)));
  },
  async [`${ON}kinesis_event_source_mapping_with_s3_on_failure_destination`](s) {
    const Bucket = "failed";
    const S3 = { service: "s3", sdk: s3 };
    await s.with(S3).do("CreateBucket", { Bucket });
    await prepare(s, failing);
    const DestinationConfig = { OnFailure: { Destination: `arn:aws:s3:::${Bucket}` } };
    await map(s, RESPONSE, { ...WINDOW, MaximumRetryAttempts: 1, DestinationConfig });
    await put(s, [["custom", '{"input": "hello", "value": "world", "raise_error": 1}']]);
    await wait(s, "1 minute");
    const { Contents } = await s.with(S3).do("ListObjectsV2", { Bucket });
    const [{ Key }] = Contents as [{ readonly Key: string }];
    const { Body } = (await s.with(S3).do("GetObject", { Bucket, Key })) as unknown as {
      readonly Body: { transformToString(): Promise<string> };
    };
    const { payload, ...record } = JSON.parse(await Body.transformToString()) as { readonly payload: string };
    s.matches("record_body", named({ ...record, payload: JSON.parse(payload) as unknown }));
  },
  async [`${ON}kinesis_report_batch_item_failures`](s) {
    const url = await makeQueue(s, "failed");
    const fails = "JSON.parse(Buffer.from(each.kinesis.data, 'base64')).should_fail";
    const identifiers = `event.Records.filter((each) => ${fails}).map((each) => ({ itemIdentifier: each.kinesis.sequenceNumber }))`;
    await prepare(s, answering(`return { batchItemFailures: ${identifiers} };`));
    await put(
      s,
      Array.from({ length: 6 }, (_, index): [string, string] => [`test_${index}`, `{"should_fail": ${index === 5}}`]),
    );
    await map(s, RESPONSE, { ...REPORTS, BatchSize: 3, MaximumRetryAttempts: 3, ...toQueue });
    await wait(s, "5 minutes");
    s.matches("sqs_payload", named(await received(s, url)));
    s.matches("kinesis_records", await records(s));
  },
  ...Object.fromEntries(
    Object.entries(SUCCESSES).map(([name, answer]): [string, (s: Session) => Promise<void>] => [
      `${ON}kinesis_report_batch_item_success_scenarios[${name}]`,
      async (s) => {
        await prepare(s, answering(answer));
        await map(s, RESPONSE, { ...REPORTS, MaximumRetryAttempts: 2 });
        await put(s, [["test", "hello"]]);
        await wait(s, "5 minutes");
        s.matches("kinesis_events", await events(s));
      },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(FAILURES).map(([name, answer]): [string, (s: Session) => Promise<void>] => [
      `${ON}kinesis_report_batch_item_failure_scenarios[${name}]`,
      async (s) => {
        const url = await makeQueue(s, "failed");
        await prepare(s, answering(answer));
        await map(s, RESPONSE, { ...REPORTS, MaximumRetryAttempts: 2, ...toQueue });
        await put(s, [["test", "hello"]]);
        await wait(s, "5 minutes");
        s.matches("sqs_payload", named(await received(s, url)));
        s.matches("kinesis_events", await events(s));
      },
    ]),
  ),
  async [`${ON}kinesis_maximum_record_age_exceeded[expire-before-ingestion]`](s) {
    const url = await makeQueue(s, "failed");
    await prepare(s, show);
    await put(s, [["test", "stream-data"]]);
    await wait(s, "61 seconds");
    await map(s, RESPONSE, { ...WINDOW, MaximumRetryAttempts: 0, MaximumRecordAgeInSeconds: 60, ...toQueue });
    await wait(s, "1 minute");
    s.matches("record_age_exceeded_payload", named(await received(s, url)));
  },
  async [`${ON}kinesis_maximum_record_age_exceeded_discard_records`](s) {
    const url = await makeQueue(s, "failed");
    await prepare(s, show);
    await put(s, [["test", "stream-data"]]);
    await wait(s, "61 seconds");
    await put(
      s,
      Array.from({ length: 5 }, (_, index): [string, string] => ["test", `stream-data-${index + 1}`]),
    );
    const age = { BatchSize: 10, MaximumRetryAttempts: 0, MaximumRecordAgeInSeconds: 60 };
    await map(s, RESPONSE, { ...WINDOW, ...age, ...toQueue });
    await wait(s, "30 seconds");
    s.matches("record_age_exceeded_payload", named(await received(s, url)));
    s.matches("Records", (await records(s)).Records);
  },
});
