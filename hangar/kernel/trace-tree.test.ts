// Spans to trees, texts and OpenTelemetry: tables of what each step looks like.

import { describe, expect, test } from "vitest";
import { otlpTraces } from "./trace-otlp.ts";
import { formatTrace } from "./trace-print.ts";
import { traceTree, type Mark, type TraceNode } from "./trace-tree.ts";
import type { Span, SpanKind } from "./trace.ts";

const AT = 1_700_000_000_000;

function span(id: number, parent: number | undefined, name: string, more: Partial<Span> = {}): Span {
  const kind: SpanKind = name.startsWith("->") ? "delivery" : "call";
  return { id, parent, kind, name, at: AT + id, attributes: {}, elapsed: 1, ...more };
}

const failure = (code: string): Partial<Span> => ({ error: { code, message: "no" } });
const shape = (nodes: readonly TraceNode[]): unknown[] =>
  nodes.map(({ span: { id }, children }) => (children.length === 0 ? id : [id, ...shape(children)]));

describe("the tree", () => {
  test.each<[string, Span[], unknown[]]>([
    ["nothing", [], []],
    ["a chain", [span(1, undefined, "a"), span(2, 1, "b"), span(3, 2, "c")], [[1, [2, 3]]]],
    ["siblings as they began", [span(3, 1, "c"), span(1, undefined, "a"), span(2, 1, "b")], [[1, 2, 3]]],
    ["a cause that is no longer kept", [span(7, 3, "a"), span(8, 7, "b")], [[7, 8]]],
    ["a cause that began later", [span(1, 2, "a"), span(2, 1, "b")], [[1, 2]]],
  ])("%s", (_what, spans, expected) => {
    expect(shape(traceTree(spans))).toEqual(expected);
  });

  test.each<[string, Span[], Mark[][]]>([
    ["done", [span(1, undefined, "a")], [[]]],
    ["failed", [span(1, undefined, "a", failure("NoSuchKey"))], [["failed"]]],
    ["denied by code", [span(1, undefined, "a", failure("AccessDeniedException"))], [["denied"]]],
    ["denied by decision", [span(1, undefined, "a", { attributes: { denied: "x" }, ...failure("E") })], [["denied"]]],
    ["faulted", [span(1, undefined, "a", { attributes: { fault: "E" }, ...failure("AccessDenied") })], [["faulted"]]],
    ["late only", [span(1, undefined, "a", { attributes: { fault: "9 ms late" } })], [["faulted"]]],
    ["retried", [span(1, undefined, "a", failure("E")), span(2, undefined, "a")], [["failed"], ["retried"]]],
    [
      "not retried: another input",
      [span(1, undefined, "a", failure("E")), span(2, undefined, "a", { attributes: { input: { k: 1n } } })],
      [["failed"], []],
    ],
    ["not retried: it had succeeded", [span(1, undefined, "a"), span(2, undefined, "a")], [[], []]],
    ["work that asked for itself", [span(1, undefined, "a", { attributes: { again: true } })], [["retried"]]],
    ["a delivery given up on", [span(1, undefined, "-> q", failure("E"))], [["dropped", "failed"]]],
    [
      "a delivery that came through at last",
      [span(1, undefined, "-> q", failure("E")), span(2, undefined, "-> q")],
      [["failed"], ["retried"]],
    ],
    ["not ended", [{ ...withoutEnd(span(1, undefined, "a")) }], [["unfinished"]]],
  ])("%s", (_what, spans, expected) => {
    expect(traceTree(spans).map(({ marks }) => marks)).toEqual(expected);
  });
});

function withoutEnd({ elapsed: _elapsed, ...rest }: Span): Span {
  return rest;
}

const STORY = [
  span(1, undefined, "sqs:SendMessage", { attributes: { caller: "arn:aws:iam::000000000000:root" } }),
  span(2, 1, "worker:$LATEST", {
    kind: "invocation",
    attributes: { logs: ["START RequestId: 1", "got\nit", "END RequestId: 1"] },
    error: { code: "Unhandled", message: "boom" },
    elapsed: 2.25,
  }),
  span(3, 2, "dynamodb:PutItem", {
    attributes: {
      caller: "arn:aws:sts::000000000000:assumed-role/role/worker",
      denied: "Add dynamodb:PutItem.",
      input: { Key: new Uint8Array([1, 2]) },
    },
    ...failure("AccessDeniedException"),
  }),
  span(4, undefined, "s3:PutObject", { attributes: { fault: "SlowDown" }, ...failure("SlowDown") }),
];

describe("the text", () => {
  test("has a line a step, below its cause, with errors and log lines", () => {
    expect(formatTrace(STORY)).toBe(
      [
        "sqs:SendMessage by root +0.000 s 1.0 ms",
        "└ invocation worker:$LATEST [FAILED] +0.001 s 2.3 ms",
        "  │ x Unhandled: boom",
        "  │ > got",
        "  │ it",
        "  └ dynamodb:PutItem by role/worker [DENIED] +0.002 s 1.0 ms with { Key: (2 bytes) }",
        "      x AccessDeniedException: no",
        "      denied: Add dynamodb:PutItem.",
        "s3:PutObject [FAULTED] +0.003 s 1.0 ms",
        "  x SlowDown: no",
        "  the test asked for: SlowDown",
        "",
      ].join("\n"),
    );
  });

  test("of nothing is empty", () => {
    expect(formatTrace([])).toBe("");
  });

  test("of a chain without an end stays readable", () => {
    const chain = Array.from({ length: 20_000 }, (_each, index) =>
      span(index + 1, index === 0 ? undefined : index, "a"),
    );
    const lines = formatTrace(chain).trimEnd().split("\n");
    expect(lines).toHaveLength(62);
    expect(lines.at(-1)?.trim()).toBe("└ … 19939 more below");
  });
});

describe("OpenTelemetry", () => {
  const [resource] = otlpTraces(STORY, "main").resourceSpans;
  const spans = resource?.scopeSpans[0]?.spans ?? [];

  test("says whose spans they are", () => {
    expect(resource?.resource).toEqual({
      attributes: [
        { key: "service.name", value: { stringValue: "hangar" } },
        { key: "hangar.world", value: { stringValue: "main" } },
      ],
    });
  });

  test("every root is a trace of its own; ids have OTLP's shapes", () => {
    expect(spans.map(({ spanId, parentSpanId }) => [spanId, parentSpanId])).toEqual([
      ["0000000000000001", undefined],
      ["0000000000000002", "0000000000000001"],
      ["0000000000000003", "0000000000000002"],
      ["0000000000000004", undefined],
    ]);
    const traces = spans.map(({ traceId }) => traceId);
    for (const id of traces) expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(traces.slice(0, 3)).size).toBe(1);
    expect(traces[3]).not.toBe(traces[0]);
  });

  test("a call is a server's span with the RPC's names, marks and error", () => {
    expect(spans[2]).toMatchObject({
      name: "dynamodb:PutItem",
      kind: 2,
      startTimeUnixNano: "1700000000003000000",
      endTimeUnixNano: "1700000000004000000",
      status: { code: 2, message: "AccessDeniedException: no" },
    });
    const attributes = Object.fromEntries(
      spans[2]?.attributes.map(({ key, value }) => [key, Object.values(value)[0]]) ?? [],
    );
    expect(attributes).toEqual({
      "rpc.system": "aws-api",
      "rpc.service": "dynamodb",
      "rpc.method": "PutItem",
      "hangar.caller": "arn:aws:sts::000000000000:assumed-role/role/worker",
      "hangar.denied": true,
      "hangar.denied.reason": "Add dynamodb:PutItem.",
      "hangar.input": '{"Key":"(2 bytes)"}',
    });
  });

  test("an invocation is a consumer's span with the handler's lines as events", () => {
    expect(spans[1]).toMatchObject({ kind: 5, endTimeUnixNano: "1700000000004250000" });
    expect(spans[1]?.events.map(({ name }) => name)).toEqual(["START RequestId: 1", "got\nit", "END RequestId: 1"]);
  });

  test("further causes are links, where they are kept; values have types of their own", () => {
    const attributes = { causes: [2, 9], again: true, count: 3, share: 0.5, at: Number.NaN };
    const [exported] = otlpTraces(
      [span(1, undefined, "a"), span(2, undefined, "b"), span(3, 1, "c", { attributes })],
      "main",
    ).resourceSpans;
    const [, third, second] = exported?.scopeSpans[0]?.spans ?? [];
    expect([second?.spanId, third?.spanId]).toEqual(["0000000000000002", "0000000000000003"]);
    expect(third?.links).toEqual([{ traceId: second?.traceId, spanId: "0000000000000002" }]);
    expect(third?.attributes.slice(3, 7).map(({ value }) => value)).toEqual([
      { boolValue: true },
      { intValue: "3" },
      { doubleValue: 0.5 },
      { stringValue: "null" },
    ]);
  });

  test("worlds have traces of their own", () => {
    const [one, other] = ["a", "b"].map((world) => otlpTraces(STORY, world).resourceSpans[0]?.scopeSpans[0]?.spans[0]);
    expect(one?.traceId).not.toBe(other?.traceId);
  });

  test("X-Ray's root is the trace's id", () => {
    const traceHeader = "Root=1-65a1b2c3-0123456789abcdef01234567;Parent=0123456789abcdef;Sampled=0";
    const [first] = otlpTraces(
      [span(1, undefined, "GET /", { kind: "http", attributes: { traceHeader } })],
      "main",
    ).resourceSpans;
    expect(first?.scopeSpans[0]?.spans[0]?.traceId).toBe("65a1b2c30123456789abcdef01234567");
  });
});
