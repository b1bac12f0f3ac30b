// What a failing test shows, from the spans of its world.

import { expect, test } from "vitest";
import type { Span } from "../kernel/trace.ts";
import { failureText } from "./failure.ts";

function span(id: number, name: string, more: Partial<Span> = {}): Span {
  return { id, parent: undefined, kind: "call", name, at: 0, elapsed: 1, attributes: {}, ...more };
}

const denied = { code: "AccessDenied", message: "Not authorized" };

test("a failed call stands below what led to it, with its caller and the statement that is missing", () => {
  const spans = [
    span(1, "sqs:SendMessage", { attributes: { caller: "arn:aws:iam::000000000000:root" } }),
    span(2, "lambda.poll-source", { kind: "work" }),
    span(3, "greet:$LATEST", {
      kind: "invocation",
      parent: 2,
      attributes: { logs: ["START RequestId: 1", "about to write"] },
      error: {
        code: "Unhandled",
        message: '{"errorType":"Error","errorMessage":"say \\"no\\"","trace":["Error: at x"',
      },
    }),
    span(4, "sqs:ListQueues", { parent: 2 }),
    span(5, "s3:PutObject", {
      parent: 3,
      error: denied,
      attributes: {
        caller: "arn:aws:sts::000000000000:assumed-role/greet",
        denied: "Missing:\n{}",
        input: { Key: "k" },
      },
    }),
  ];
  expect(failureText(spans).split("\n")).toEqual([
    "What failed in this test's world:",
    "  s3:PutObject  as arn:aws:sts::000000000000:assumed-role/greet [denied]",
    "    x AccessDenied: Not authorized",
    "    denied: Missing:",
    "    {}",
    '    with { Key: "k" }',
    "How it came about, and what else failed:",
    "  lambda.poll-source",
    "    greet:$LATEST [failed]",
    '      x Error: say "no"',
    "      > about to write",
    "      s3:PutObject  as arn:aws:sts::000000000000:assumed-role/greet [denied]  <- this",
    "    (1 step without failure)",
    "  (1 other call of this test did not fail)",
  ]);
});

test("a span whose parent is no longer kept stands alone", () => {
  expect(failureText([span(9, "s3:GetObject", { parent: 3, error: { code: "404", message: "" } })])).toBe(
    "What failed in this test's world:\n  s3:GetObject [failed]\n    x 404\n" +
      "(8 earlier steps are gone: a trace keeps the newest 20000, of at most 32 MB)",
  );
});

test("where nothing failed, but the beginning is gone, that is said too", () => {
  expect(failureText([span(9, "s3:GetObject", {})])).toBe(
    "In this test's world no call failed (calls: 1).\n" +
      "(8 earlier steps are gone: a trace keeps the newest 20000, of at most 32 MB)",
  );
});

test.each<[string, Partial<Span>[], string]>([
  [
    "before what the test saw itself",
    [{ error: denied }, { kind: "work", error: { code: "E", message: "" } }],
    "  step-2 [failed]",
  ],
  [
    "a denial before another failure",
    [
      { kind: "work", error: { code: "E", message: "" } },
      { kind: "work", error: denied },
    ],
    "  step-2 [denied]",
  ],
  [
    "a failure before a fault that was asked for",
    [{ attributes: { fault: "x" } }, { error: { code: "E", message: "" } }],
    "  step-2 [failed]",
  ],
  ["the earlier of two", [{ error: denied }, { error: denied }], "  step-1 [denied]"],
  [
    "a delivery that was given up on",
    [{}, { kind: "delivery", error: { code: "E", message: "" } }],
    "  step-2 [dropped] [failed]",
  ],
])("the cause is %s", (_what, spans, expected) => {
  const text = failureText(spans.map((more, index) => span(index + 1, `step-${index + 1}`, more)));
  expect(text.split("\n")[1]).toBe(expected);
});

test("retries are marked, and a fault that the test asked for is named", () => {
  const input = { QueueUrl: "q" };
  const faulted = { error: { code: "Throttled", message: "" }, attributes: { input, fault: "sqs:SendMessage, once" } };
  const spans = [
    span(1, "sqs:SendMessage", faulted),
    span(2, "sqs:SendMessage", { attributes: { input } }),
    span(3, "sqs:ReceiveMessage"),
  ];
  expect(failureText(spans).split("\n").slice(1)).toEqual([
    "  sqs:SendMessage [faulted]",
    "    x Throttled",
    "    the test asked for: sqs:SendMessage, once",
    '    with { QueueUrl: "q" }',
    "How it came about, and what else failed:",
    "  sqs:SendMessage [faulted]  <- this",
    "  sqs:SendMessage [retried]",
    "  (1 other call of this test did not fail)",
  ]);
});

test("an endless chain is cut", () => {
  const spans = Array.from({ length: 10_000 }, (_, id) => span(id + 1, "work", { parent: id, error: denied }));
  const lines = failureText(spans).split("\n");
  expect(lines).toHaveLength(4 + 60 * 2 + 1);
  expect(lines.at(-1)?.trim()).toBe("…");
});

test("attempts of the same thing are folded", () => {
  const tries = Array.from({ length: 100 }, (_, id) =>
    span(id + 2, "sqs:ReceiveMessage", { parent: 1, error: denied }),
  );
  const lines = failureText([span(1, "poll", { kind: "work" }), ...tries]).split("\n");
  expect(lines.slice(3)).toEqual([
    "How it came about, and what else failed:",
    "  poll",
    "    sqs:ReceiveMessage [denied]  <- this",
    "    sqs:ReceiveMessage [denied] [retried]",
    "      x AccessDenied: Not authorized",
    "    … 96 more of sqs:ReceiveMessage",
    "    sqs:ReceiveMessage [denied] [retried]",
    "      x AccessDenied: Not authorized",
    "    sqs:ReceiveMessage [denied] [retried]",
    "      x AccessDenied: Not authorized",
  ]);
});

test("a long line keeps both its ends, a denial all of its statement", () => {
  const statement = `Missing: ${"x".repeat(5000)}`;
  const logs = [`first ${"y".repeat(5000)} last`];
  const text = failureText([
    span(1, "f", { kind: "invocation", error: denied, attributes: { denied: statement, logs } }),
  ]);
  expect(text).toContain(statement);
  expect(text).toMatch(/> first y+ … 3011 characters … y+ last$/);
});

test("of many failures the newest are shown", () => {
  const text = failureText(Array.from({ length: 25 }, (_, index) => span(index + 1, `s3:${index}`, { error: denied })));
  expect(text.split("\n").slice(1, 6)).toEqual([
    "  s3:0 [denied]",
    "    x AccessDenied: Not authorized",
    "How it came about, and what else failed:",
    "  (5 earlier failures are not shown)",
    "  s3:5 [denied]",
  ]);
  expect(text).toContain("s3:24");
});

test("without a failure the calls are counted", () => {
  expect(failureText([span(1, "s3:GetObject"), span(2, "work", { kind: "work" })])).toBe(
    "In this test's world no call failed (calls: 1).",
  );
});
