// What becomes of records of tables' streams that functions report as failed, as it was recorded from AWS (see ../NOTICE).

import type { Input, Session } from "../session.ts";
import { answering, FAILURES, SUCCESSES } from "./batch-answers.ts";
import { allow, makeQueue, makeRunning, node, printed, queueArn, received } from "./invoked.ts";
import { FunctionName, recorded } from "./session.ts";
import { makeTable, map, named, put, WINDOW } from "./tables.ts";

const ON = "TestDynamoDBEventSourceMapping::test_";
const REPORTS = { ...WINDOW, FunctionResponseTypes: ["ReportBatchItemFailures"] };
const toQueue = { DestinationConfig: { OnFailure: { Destination: queueArn("failed") } } };
const RESPONSE = "create_event_source_mapping_response";

/** Not the errors, which are printed too. */
const events = async (s: Session): Promise<readonly { readonly Records: readonly unknown[] }[]> =>
  (named(await printed(s)) as readonly { readonly Records: readonly unknown[] }[]).filter((each) => "Records" in each);

/** A function that answers so, and a table with one item that it is told of. */
async function one(s: Session, statement: string, more: Input = {}): Promise<void> {
  await makeRunning(s, answering(statement));
  await allow(s);
  const { created, arn: EventSourceArn } = await makeTable(s, "my_partition_key");
  s.matches("create-table-result", created);
  await s.do("CreateEventSourceMapping", { FunctionName, EventSourceArn, ...REPORTS, ...more });
  await put(s, { my_partition_key: { S: "hello world" }, binary_key: { B: Buffer.from("foobar") } });
  await s.cloud.clock.advance("5 minutes");
}

/** Six items, written before the mapping, and a function that reports the last of them. */
async function six(s: Session, more: Input): Promise<void> {
  const fails = "each.dynamodb.NewImage.should_fail?.BOOL";
  const failed = `event.Records.filter((each) => ${fails}).map((each) => ({ itemIdentifier: each.dynamodb.SequenceNumber }))`;
  await makeRunning(s, answering(`return { batchItemFailures: ${failed} };`));
  await allow(s);
  const { created, updated, arn } = await makeTable(s, "my_partition_key");
  s.matches("create_table_response", created);
  s.matches("update_table_response", updated);
  for (let index = 0; index < 6; index += 1)
    await put(s, { my_partition_key: { S: `testId${index}` }, should_fail: { BOOL: index === 5 } });
  await map(s, RESPONSE, arn, { ...REPORTS, BatchSize: 3, MaximumRetryAttempts: 3, ...toQueue, ...more });
  await s.cloud.clock.advance("5 minutes");
}

recorded(import.meta.url, "lambda-integration-dynamodbstreams", {
  async [`${ON}esm_with_not_existing_dynamodb_stream`](s) {
    await makeRunning(s, node("1"));
    await allow(s);
    const missing = "table/test-table-4a53f4e8/stream/2025-02-22T03:03:25.490";
    await map(s, "error", `arn:aws:dynamodb:us-east-1:000000000000:${missing}`, { StartingPosition: "LATEST" });
  },
  async [`${ON}dynamodb_report_batch_item_failures`](s) {
    const url = await makeQueue(s, "failed");
    await six(s, {});
    s.matches("destination_queue_messages", named(await received(s, url)));
    s.matches("dynamodb_records", { Records: (await events(s)).flatMap((event) => event.Records) });
  },
  ...Object.fromEntries(
    Object.entries(SUCCESSES)
      .filter(([name]) => name !== "empty_string_success")
      .map(([name, statement]): [string, (s: Session) => Promise<void>] => [
        `${ON}dynamodb_report_batch_item_success_scenarios[${name}]`,
        async (s) => {
          await one(s, statement);
          s.matches("dynamodb_events", await events(s));
        },
      ]),
  ),
  ...Object.fromEntries(
    Object.entries(FAILURES).map(([name, statement]): [string, (s: Session) => Promise<void>] => [
      `${ON}dynamodb_report_batch_item_failure_scenarios[${name}]`,
      async (s) => {
        const url = await makeQueue(s, "failed");
        await one(s, statement, { ...toQueue, MaximumRetryAttempts: 3 });
        s.matches("destination_queue_messages", named(await received(s, url)));
        s.matches("dynamodb_events", await events(s));
      },
    ]),
  ),
});
