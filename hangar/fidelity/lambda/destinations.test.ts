// Destinations and dead letters of asynchronous invocations, retries and ages, as they were recorded from AWS (see ../NOTICE).

import type { Answer, Input, Session } from "../session.ts";
import { allow, makeQueue, makeRunning, python, queueArn, received } from "./invoked.ts";
import { FunctionName, recorded } from "./session.ts";

const ON = "TestLambdaDestinationSqs::test_";
const ATTEMPTS = { MaximumRetryAttempts: 0 };

/** Fails on line 55 when it is told to, as the recorded one did. */
const integration = python([
  "import logging",
  "import os",
  "logging.getLogger().setLevel(logging.INFO)",
  ...Array.from({ length: 43 }, () => ""),
  "def handler(event, context):",
  '    print("Lambda log message - print function")',
  '    logging.info("Lambda log message - logging module")',
  "    names = ['invoked_function_arn', 'function_version', 'function_name', 'memory_limit_in_mb', 'aws_request_id', 'log_group_name', 'log_stream_name', 'client_context']",
  "    facts = {name: getattr(context, name) for name in names}",
  "",
  "",
  "    if event.get('raise_error'):",
  '        raise Exception("Test exception (this is intentional)")',
  "    return {'event': event, 'context': facts}",
]);

/** Fails on line 7. */
const failing = python([
  "import json",
  "",
  "",
  "",
  "def handler(event, context):",
  "    print(json.dumps(event))",
  '    raise Exception("intentional failure")',
]);

const to = (Destination: string) => ({ Destination });
const DestinationConfig = { OnSuccess: to(queueArn("done")), OnFailure: to(queueArn("done")) };

const invoke = (s: Session, event: object): Promise<Answer> =>
  s.do("Invoke", {
    FunctionName,
    Payload: Buffer.from(JSON.stringify(event).replaceAll(":", ": ")),
    InvocationType: "Event",
  });

/** A function with the queue `done` for both destinations, called once. */
async function assess(s: Session, event: object, settings: Input = {}): Promise<void> {
  const url = await makeQueue(s, "done");
  await allow(s);
  await makeRunning(s, integration);
  const config = { FunctionName, DestinationConfig, ...settings };
  await s.is("put_function_event_invoke_config", "PutFunctionEventInvokeConfig", config);
  await invoke(s, event);
  await s.cloud.clock.advance("5 minutes");
  s.matches("receive_message_result", await received(s, url));
}

/** The message of the failing function's only destination. */
async function failed(s: Session, name: string, settings: Input, event: object): Promise<Answer> {
  const url = await makeQueue(s, name);
  const OnFailure = to(queueArn(name));
  await s.do("PutFunctionEventInvokeConfig", { FunctionName, DestinationConfig: { OnFailure }, ...settings });
  await invoke(s, event);
  await s.cloud.clock.advance("10 minutes");
  return received(s, url, { AttributeNames: ["All"] });
}

const onlyMessage = (answer: Answer): unknown => (answer["Messages"] as readonly unknown[])[0];

/** What was not recorded, or once for two messages, has a name for itself; one message was received twice. */
function named(answer: unknown, times = "1"): unknown {
  return JSON.parse(JSON.stringify(answer), (name, value: unknown) =>
    name === "SentTimestamp" || name === "ApproximateFirstReceiveTimestamp"
      ? "timestamp"
      : name === "ApproximateReceiveCount"
        ? times
        : name === "MD5OfBody"
          ? "<md5-body>"
          : value,
  );
}

recorded(import.meta.url, "lambda-destinations", {
  async [`${ON}assess_lambda_destination_invocation[payload0]`](s) {
    await assess(s, {}, ATTEMPTS);
  },
  async [`${ON}assess_lambda_destination_invocation[Success-payload0]`](s) {
    await assess(s, {});
  },
  async [`${ON}assess_lambda_destination_invocation[payload1]`](s) {
    await assess(s, { raise_error: 1 }, ATTEMPTS);
  },
  async [`${ON}lambda_destination_default_retries`](s) {
    await assess(s, { raise_error: 1 });
  },
  async [`${ON}retries`](s) {
    await allow(s);
    await makeRunning(s, failing);
    const answer = await failed(s, "failed", { MaximumRetryAttempts: 2 }, { message: "a message" });
    s.matches("queue_destination_payload", named(answer, "2"));
  },
  async [`${ON}maxeventage`](s) {
    await allow(s);
    await makeRunning(s, failing);
    const message = { message: "a message" };
    const never = await failed(s, "never", { MaximumEventAgeInSeconds: 60 }, message);
    s.matches("no_retry_failure_message", named(onlyMessage(never)));
    const once = await failed(s, "once", { MaximumEventAgeInSeconds: 150 }, message);
    s.matches("single_retry_failure_message", named(onlyMessage(once)));
  },
  async "TestLambdaDLQ::test_dead_letter_queue"(s) {
    const url = await makeQueue(s, "dead");
    await allow(s);
    const DeadLetterConfig = { TargetArn: queueArn("dead") };
    const made = await makeRunning(s, integration, { DeadLetterConfig });
    s.matches("create_lambda_with_dlq", { CreateEventSourceMappingResponse: null, CreateFunctionResponse: made });
    await invoke(s, { raise_error: 1 });
    await s.cloud.clock.advance("5 minutes");
    s.matches("receive_result", await received(s, url, { MessageAttributeNames: ["All"] }));
    await s.is("delete_dlq", "UpdateFunctionConfiguration", { FunctionName, DeadLetterConfig: {} });
    const Payload = Buffer.from('{"raise_error": 1}');
    const answer = await s.is("invoke_result", "Invoke", { FunctionName, Payload, LogType: "Tail" });
    const text = Buffer.from(String(answer["LogResult"]), "base64").toString();
    const lines = text.slice(text.indexOf("START"), text.indexOf("\nREPORT")).split("\n");
    s.matches("log_result", { result: lines.map((line) => line.replace(/\t\d{4}-\S+Z\t/, "\tdate\t")) });
  },
});
