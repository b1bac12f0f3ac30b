// Queues as event sources: what functions get of them, filters, partial failures, as they were recorded from AWS (see ../NOTICE).

import type { Answer, Input, Session } from "../session.ts";
import { allow, makeQueue, makeRunning, node, printed, queueArn, received, SQS } from "./invoked.ts";
import { FunctionName, recorded } from "./session.ts";

const ON = "TestSQSEventSourceMapping::test_";
const FILTER = `${ON}sqs_event_filter`;
const show = node("console.log(JSON.stringify(event))");

async function map(s: Session, label: string, more: Input = {}): Promise<Answer> {
  return s.is(label, "CreateEventSourceMapping", { FunctionName, EventSourceArn: queueArn("source"), ...more });
}

const send = (s: Session, QueueUrl: string, MessageBody: string) =>
  s.with(SQS).do("SendMessage", { QueueUrl, MessageBody });

/** A pattern of the body, one that matches and one that does not. */
const FILTERS: Readonly<Record<string, readonly [object, object, string]>> = {
  single: [{ "my-key": ["my-value"] }, { "my-key": "my-value" }, '{"my-key":"other"}'],
  or: [{ "my-key": ["my-value-one", "my-value-two"] }, { "my-key": "my-value-two" }, '{"my-key":"other"}'],
  and: [
    { "my-key-one": ["other-filter", "my-value-one"], "my-key-two": ["my-value-two"] },
    { "my-key-one": "my-value-one", "my-key-two": "my-value-two" },
    '{"my-key-one":"other","my-key-two":"my-value-two"}',
  ],
  exists: [{ "my-key": [{ exists: true }] }, { "my-key": "any-value-one" }, '{"other":"value"}'],
  "numeric-bigger": [{ "my-number": [{ numeric: [">", 100] }] }, { "my-number": 101 }, '{"my-number":100}'],
  "numeric-smaller": [{ "my-number": [{ numeric: ["<", 100] }] }, { "my-number": 99 }, '{"my-number":100}'],
  "numeric-range": [{ "my-number": [{ numeric: [">=", 100, "<", 200] }] }, { "my-number": 100 }, '{"my-number":200}'],
  prefix: [{ "my-key": [{ prefix: "yes" }] }, { "my-key": "yes-value" }, '{"my-key":"no-value"}'],
  "valid-json-filter": [{ "my-key": ["my-value"] }, { "my-key": "my-value" }, "this is no JSON"],
};

const INVALID: Readonly<Record<string, unknown>> = {
  None: "",
  "simple string": "simple string",
  invalid_filter2: JSON.stringify({ eventSource: "aws:sqs" }),
  invalid_filter3: JSON.stringify({ eventSource: [] }),
};

recorded(import.meta.url, "lambda-integration-sqs", {
  async [`${ON}sqs_event_source_mapping`](s) {
    await makeRunning(s, show);
    await allow(s);
    const url = await makeQueue(s, "source");
    await map(s, "create-event-source-mapping-response", { MaximumBatchingWindowInSeconds: 1 });
    await send(s, url, '{"foo":"bar"}');
    await s.cloud.clock.advance("5 seconds");
    s.matches("events", await printed(s));
  },
  ...Object.fromEntries(
    Object.entries(FILTERS).map(([name, [body, matching, other]]): [string, (s: Session) => Promise<void>] => [
      `${FILTER}[${name}]`,
      async (s) => {
        await makeRunning(s, show);
        await allow(s);
        const url = await makeQueue(s, "source");
        const FilterCriteria = { Filters: [{ Pattern: JSON.stringify({ body }) }] };
        await map(s, "create_event_source_mapping_response", { MaximumBatchingWindowInSeconds: 1, FilterCriteria });
        await send(s, url, JSON.stringify(matching));
        await send(s, url, other);
        await s.cloud.clock.advance("5 seconds");
        s.matches("invocation_events", await printed(s));
      },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(INVALID).map(([name, Pattern]): [string, (s: Session) => Promise<void>] => [
      `${ON}sqs_invalid_event_filter[${name}]`,
      async (s) => {
        await makeRunning(s, show);
        await allow(s);
        await makeQueue(s, "source");
        await map(s, "create_event_source_mapping_exception", { FilterCriteria: { Filters: [{ Pattern }] } });
      },
    ]),
  ),
  async [`${ON}event_source_mapping_default_batch_size`](s) {
    await makeRunning(s, show);
    await allow(s);
    await makeQueue(s, "source");
    await makeQueue(s, "other");
    const made = await map(s, "create-event-source-mapping");
    const large = { BatchSize: 11 };
    await s.is("invalid-update-event-source-mapping", "UpdateEventSourceMapping", { UUID: made["UUID"], ...large });
    await map(s, "invalid-create-event-source-mapping", { EventSourceArn: queueArn("other"), ...large });
  },
  async [`${ON}duplicate_event_source_mappings`](s) {
    await makeRunning(s, show);
    await allow(s);
    await makeQueue(s, "source");
    await map(s, "create");
    await map(s, "error");
  },
  async test_esm_with_not_existing_sqs_queue(s) {
    await makeRunning(s, show);
    await allow(s);
    await map(s, "error");
  },
  async test_fifo_message_group_parallelism(s) {
    await makeRunning(s, show);
    await allow(s);
    const FifoQueue = { FifoQueue: "true", VisibilityTimeout: "60" };
    await makeQueue(s, "source.fifo", FifoQueue);
    const source = { EventSourceArn: queueArn("source.fifo"), BatchSize: 1, Enabled: false };
    const { UUID } = await map(s, "create_esm_disabled", source);
    await s.is("update_esm_enabling", "UpdateEventSourceMapping", { UUID, Enabled: true });
    await s.is("get_esm_enabled", "GetEventSourceMapping", { UUID });
  },
  async test_sqs_queue_as_lambda_dead_letter_queue(s) {
    const url = await makeQueue(s, "dead");
    await allow(s);
    const failing = node("{ throw new Error('Test exception (this is intentional)'); }");
    const DeadLetterConfig = { TargetArn: queueArn("dead") };
    const made = await makeRunning(s, failing, { DeadLetterConfig });
    s.matches("lambda-response-dlq-config", made["DeadLetterConfig"]);
    const Payload = Buffer.from('{"raise_error":1}');
    await s.do("Invoke", { FunctionName, Payload, InvocationType: "Event" });
    await s.cloud.clock.advance("5 minutes");
    s.matches("messages", await received(s, url, { MessageAttributeNames: ["All"] }));
  },
});
