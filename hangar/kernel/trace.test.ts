// A trace keeps the newest spans in order and tells listeners of each that ends.

import { expect, test } from "vitest";
import { Clock } from "./clock.ts";
import { Trace } from "./trace.ts";

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
