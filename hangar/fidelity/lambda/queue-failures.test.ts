// Queues as event sources whose messages fail: retries, dead letters and partial failures, as they were recorded from AWS (see ../NOTICE).

import type { Answer, Input, Session } from "../session.ts";
import { allow, makeQueue, makeRunning, printed, python, queueArn, received, SQS } from "./invoked.ts";
import { FunctionName, recorded } from "./session.ts";

const SOURCE = { FunctionName, EventSourceArn: queueArn("source") };

/** Prints what it was given, and what it makes of it: the recorded ones sent that to a queue, which is done for them here. */
const telling = (lines: readonly string[]): Input =>
  python([
    "import json",
    "def tell(value): print(json.dumps(value))",
    "def handler(event, context):",
    ...lines.map((line) => `    ${line}`),
  ]);

/** Fails as often as the message says. */
const failing = telling([
  "record = event['Records'][0]",
  "message = json.loads(record['body'])",
  "fails = int(record['attributes']['ApproximateReceiveCount']) <= message['fail_attempts']",
  "tell({'error': 'failed attempt' if fails else None, 'event': event})",
  "if fails: raise Exception('failed attempt')",
]);

/** Times have names. */
function named(value: unknown): Answer {
  const text = JSON.stringify(value).replaceAll(
    /\\*"(SentTimestamp|SenderId|ApproximateFirstReceiveTimestamp)\\*": ?\\*"[^"\\]+/g,
    (found, name: string) => found.replace(/[^"\\]+$/, NAMES[name] ?? ""),
  );
  return JSON.parse(text) as Answer;
}
const NAMES: Readonly<Record<string, string>> = {
  SentTimestamp: "sent-timestamp",
  SenderId: "sender-id",
  ApproximateFirstReceiveTimestamp: "<approximate-first-receive-timestamp>",
};

async function prepare(s: Session, code: Input, attributes: Input = {}): Promise<{ source: string; told: string }> {
  const told = await makeQueue(s, "told", { VisibilityTimeout: "600" });
  s.matches("get_destination_queue_url", await s.with(SQS).do("GetQueueUrl", { QueueName: "told" }));
  await makeRunning(s, code, { Timeout: 5 });
  await allow(s);
  return { source: await makeQueue(s, "source", attributes), told };
}

const send = (s: Session, QueueUrl: string, message: object, more: Input = {}) => {
  const MessageBody = JSON.stringify(message).replaceAll('":', '": ').replaceAll(',"', ', "');
  return s.with(SQS).do("SendMessage", { QueueUrl, MessageBody, ...more });
};

const VISIBLE = { VisibilityTimeout: "8" };
const dead = (maxReceiveCount: number) => ({
  RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn("dead"), maxReceiveCount }),
});

const shown = async (s: Session, label: string, url: string): Promise<void> =>
  s.matches(label, named(await received(s, url)));

/** The last that the function told. */
async function heard(s: Session, label: string, QueueUrl: string): Promise<void> {
  const told = (await printed(s)).filter((each) => "event" in (each as object)).at(-1);
  await s.with(SQS).do("SendMessage", { QueueUrl, MessageBody: JSON.stringify(told) });
  await shown(s, label, QueueUrl);
}

/** Tells the event and its answer. */
const answering = (result: string): Input =>
  telling([`result = ${result}`, "tell({'event': event, 'result': result})", "return result"]);
const REPORTS = { ...SOURCE, FunctionResponseTypes: ["ReportBatchItemFailures"] };

recorded(import.meta.url, "lambda-integration-sqs", {
  async test_failing_lambda_retries_after_visibility_timeout(s) {
    const { source, told } = await prepare(s, failing, { VisibilityTimeout: "30" });
    const { UUID } = await s.do("CreateEventSourceMapping", { ...SOURCE, BatchSize: 1 });
    await s.cloud.settle();
    await s.is("event_source_mapping", "GetEventSourceMapping", { UUID });
    await send(s, source, { destination: told, fail_attempts: 1 });
    await s.cloud.clock.advance("2 seconds");
    await heard(s, "first_attempt", told);
    await s.cloud.clock.advance("1 minute");
    await heard(s, "second_attempt", told);
  },
  async test_redrive_policy_with_failing_lambda(s) {
    const url = await makeQueue(s, "dead");
    const { source, told } = await prepare(s, failing, { ...VISIBLE, ...dead(2) });
    await s.do("CreateEventSourceMapping", { ...SOURCE, BatchSize: 1 });
    await send(s, source, { destination: told, fail_attempts: 2 });
    await s.cloud.clock.advance("2 seconds");
    await heard(s, "first_attempt", told);
    await s.cloud.clock.advance("10 seconds");
    await heard(s, "second_attempt", told);
    await s.cloud.clock.advance("10 seconds");
    await shown(s, "dlq_response", url);
  },
  async test_message_body_and_attributes_passed_correctly(s) {
    const { source, told } = await prepare(s, failing, VISIBLE);
    await s.do("CreateEventSourceMapping", { ...SOURCE, BatchSize: 1 });
    const MessageAttributes = {
      Title: { DataType: "String", StringValue: "The Whistler" },
      Author: { DataType: "String", StringValue: "John Grisham" },
      WeeksOn: { DataType: "Number", StringValue: "6" },
    };
    await send(s, source, { destination: told, fail_attempts: 0 }, { MessageAttributes });
    await s.cloud.clock.advance("2 seconds");
    await heard(s, "first_attempt", told);
  },
  async test_report_batch_item_failures_invalid_result_json_batch_fails(s) {
    const url = await makeQueue(s, "dead");
    const { source, told } = await prepare(s, answering('{"batchItemFailures": [{"foo": "notvalid"}]}'), {
      ...VISIBLE,
      ...dead(2),
    });
    await s.do("CreateEventSourceMapping", REPORTS);
    await send(s, source, { message: 1, fail_attempts: 0 });
    await s.cloud.clock.advance("2 seconds");
    await heard(s, "first_invocation", told);
    await s.cloud.clock.advance("10 seconds");
    await heard(s, "second_invocation", told);
    await s.cloud.clock.advance("10 seconds");
    await shown(s, "dlq_response", url);
  },
  async test_report_batch_item_failures_empty_json_batch_succeeds(s) {
    const { source, told } = await prepare(s, answering("{}"), VISIBLE);
    await s.do("CreateEventSourceMapping", REPORTS);
    await send(s, source, { message: 1, fail_attempts: 0 });
    await s.cloud.clock.advance("2 seconds");
    await heard(s, "first_invocation", told);
  },
});
