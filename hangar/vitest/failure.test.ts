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
      attributes: { caller: "arn:aws:sts::000000000000:assumed-role/greet", denied: "Missing:\n{}" },
    }),
  ];
  expect(failureText(spans).split("\n")).toEqual([
    "What failed in this test's world:",
    "  lambda.poll-source",
    "    greet:$LATEST",
    '      x Error: say "no"',
    "      > about to write",
    "      s3:PutObject  as arn:aws:sts::000000000000:assumed-role/greet",
    "        x AccessDenied: Not authorized",
    "        denied: Missing:",
    "        {}",
  ]);
});

test("a span whose parent is no longer kept stands alone", () => {
  expect(failureText([span(9, "s3:GetObject", { parent: 3, error: { code: "404", message: "" } })])).toBe(
    "What failed in this test's world:\n  s3:GetObject\n    x 404",
  );
});

test("retries are marked, and a fault that the test asked for is named", () => {
  const input = { QueueUrl: "q" };
  const faulted = { error: { code: "Throttled", message: "" }, attributes: { input, fault: "sqs:SendMessage, once" } };
  const spans = [
    span(1, "sqs:SendMessage", faulted),
    span(2, "sqs:SendMessage", { ...faulted, attributes: { input } }),
  ];
  expect(failureText(spans).split("\n").slice(1)).toEqual([
    "  sqs:SendMessage",
    "    x Throttled",
    "    the test asked for: sqs:SendMessage, once",
    "  sqs:SendMessage [retried]",
    "    x Throttled",
  ]);
});

test("an endless chain is cut", () => {
  const spans = Array.from({ length: 1000 }, (_, id) => span(id + 1, "work", { parent: id, error: denied }));
  const lines = failureText(spans).split("\n");
  expect(lines).toHaveLength(1 + 60 * 2 + 1);
  expect(lines.at(-1)?.trim()).toBe("…");
});

test("of many failures the newest are shown", () => {
  const text = failureText(Array.from({ length: 25 }, (_, index) => span(index + 1, `s3:${index}`, { error: denied })));
  expect(text.split("\n").slice(1, 3)).toEqual(["  (5 earlier failures are not shown)", "  s3:5"]);
  expect(text).toContain("s3:24");
});

test("without a failure the calls are counted", () => {
  expect(failureText([span(1, "s3:GetObject"), span(2, "work", { kind: "work" })])).toBe(
    "In this test's world no call failed (calls: 1).",
  );
});
