// A trace keeps the newest spans in order and tells listeners of each that ends.

import { expect, test } from "vitest";
import { Clock } from "./clock.ts";
import { otlpTraces } from "./trace-otlp.ts";
import { formatTrace } from "./trace-print.ts";
import { droppedBefore, Trace } from "./trace.ts";

const clock = new Clock({ mode: "held", offset: 0, at: 5000 });

test("a span names its parent, its time and, once it ended, how long it took and why it failed", () => {
  const trace = new Trace(clock);
  const parent = trace.begin("call", "sns:Publish", undefined, { topic: "t" });
  const child = trace.begin("delivery", "sns -> sqs", parent);
  trace.end(child, 3, { code: "AccessDenied", message: "no" });
  trace.end(parent, 5);
  expect(trace.spans()).toEqual([
    { id: 1, parent: undefined, kind: "call", name: "sns:Publish", at: 5000, attributes: { topic: "t" }, elapsed: 5 },
    {
      id: 2,
      parent: 1,
      kind: "delivery",
      name: "sns -> sqs",
      at: 5000,
      attributes: {},
      elapsed: 3,
      error: { code: "AccessDenied", message: "no" },
    },
  ]);
});

test("listeners hear of each span that ends until they stop", () => {
  const trace = new Trace(clock);
  const heard: string[] = [];
  const stop = trace.listen((span) => heard.push(span.name));
  trace.end(trace.begin("call", "a", undefined), 0);
  stop();
  trace.end(trace.begin("call", "b", undefined), 0);
  expect(heard).toEqual(["a"]);
});

test.each([1, 19_999, 20_000, 20_001, 45_000])("of %d spans the newest 20000 are kept, oldest first", (count) => {
  const trace = new Trace(clock);
  for (let index = 1; index <= count; index += 1) trace.begin("call", String(index), undefined);
  const kept = Math.min(count, 20_000);
  expect(trace.spans().map((span) => span.id)).toEqual(Array.from({ length: kept }, (_, at) => count - kept + 1 + at));
});

function traceOf(count: number, input?: string): Trace {
  const trace = new Trace(clock);
  for (let index = 0; index < count; index += 1)
    trace.end(
      trace.begin("call", "s3:PutObject", undefined, input === undefined ? {} : { input: `${index}${input}` }),
      0,
    );
  return trace;
}

test("spans that hold much push out more than one each: a world's trace stays small", () => {
  const megabyte = "x".repeat(1024 * 1024);
  const trace = traceOf(100, megabyte);
  expect(trace.spans().map(({ id }) => id)).toEqual(Array.from({ length: 31 }, (_, at) => 70 + at));
  for (let index = 0; index < 19_969; index += 1) trace.end(trace.begin("call", "sqs:SendMessage", undefined), 0);
  expect(trace.spans()).toHaveLength(20_000);
  // What was pushed out no longer counts.
  for (let index = 0; index < 10; index += 1) trace.end(trace.begin("call", "sqs:SendMessage", undefined), 0);
  trace.end(trace.begin("call", "s3:PutObject", undefined, { input: megabyte }), 0);
  expect(trace.spans()).toHaveLength(20_000);
});

test("the newest span is kept however much it holds, and one that is gone is not recalled", () => {
  const trace = new Trace(clock);
  const first = trace.begin("call", "sqs:SendMessage", undefined);
  trace.remember("message", first);
  trace.end(first, 0);
  expect(trace.recall("message")).toBe(first);
  trace.end(trace.begin("work", "s3.move", undefined, { data: { body: new Uint8Array(40 * 1024 * 1024) } }), 0);
  expect(trace.spans().map(({ name }) => name)).toEqual(["s3.move"]);
  expect(trace.recall("message")).toBeUndefined();
});

test.each([
  [20_000, 0, undefined],
  [20_001, 1, "(1 earlier step is gone: a trace keeps the newest 20000, of at most 32 MB)"],
  [20_003, 3, "(3 earlier steps are gone: a trace keeps the newest 20000, of at most 32 MB)"],
])("of %d spans the text and OpenTelemetry's JSON say that %d are gone", (count, gone, said) => {
  const spans = traceOf(count).spans();
  expect(droppedBefore(spans)).toBe(gone);
  const [first = ""] = formatTrace(spans).split("\n");
  if (said === undefined) expect(first).toMatch(/^s3:PutObject/);
  else expect(first).toBe(said);
  const { attributes = [] } = otlpTraces(spans, "w").resourceSpans[0]?.resource ?? {};
  expect(attributes.find(({ key }) => key === "hangar.dropped_spans")?.value).toEqual(
    gone === 0 ? undefined : { intValue: String(gone) },
  );
});
