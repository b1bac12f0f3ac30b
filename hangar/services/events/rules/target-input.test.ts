// What targets receive, as recorded from AWS: paths, templates of text and JSON, predefined variables.

import { describe, expect, test } from "vitest";
import type { Target } from "../../../models/events.d.ts";
import { checkInput, inputOf } from "./target-input.ts";

const EVENT = {
  version: "0",
  id: "1",
  "detail-type": "core.update-account-command",
  source: "app",
  account: "111111111111",
  time: "2026-01-02T03:04:05Z",
  region: "us-east-1",
  resources: [],
  detail: {
    command: "update-account",
    payload: { acc_id: "0a787ecb-4015", sf_id: "baz" },
    one: ["HIGH"],
    two: ["ACTIVE", "INACTIVE"],
    valid: true,
    text: 'a "quoted" word',
  },
};
const RULE = { arn: "arn:aws:events:us-east-1:111111111111:rule/r", name: "r", ingested: Date.UTC(2026, 0, 2) };
const PATHS = {
  type: "$.detail-type",
  time: "$.time",
  command: "$.detail.command",
  userId: "$.detail.payload.acc_id",
  payload: "$.detail.payload",
  one: "$.detail.one",
  two: "$.detail.two",
  first: "$.detail.two[0]",
  valid: "$.detail.valid",
  text: "$.detail.text",
  absent: "$.detail.nowhere",
};
const target = (rest: Partial<Target>): Target => ({ Id: "t", Arn: "arn:aws:sqs:us-east-1:111111111111:q", ...rest });
const received = (rest: Partial<Target>): string | undefined => inputOf(target(rest), JSON.stringify(EVENT), RULE);
const filled = (InputTemplate: string): string | undefined =>
  received({ InputTransformer: { InputPathsMap: PATHS, InputTemplate } });

test("a target receives the event, a constant, or what a path names", () => {
  expect(received({})).toBe(JSON.stringify(EVENT));
  expect(received({ Input: '{"custom":"value"}' })).toBe('{"custom":"value"}');
  expect(received({ InputPath: "$.detail.payload" })).toBe('{"acc_id":"0a787ecb-4015","sf_id":"baz"}');
  expect(received({ InputPath: "$.detail.payload.sf_id" })).toBe('"baz"');
});

test.each([
  [
    '"Event of <type> type, at time <time>, info <command>"',
    '"Event of core.update-account-command type, at time 2026-01-02T03:04:05Z, info update-account"',
  ],
  ['"info <absent>"', '"info "'],
  [
    '"{[/Check with special characters of <type> type"',
    '"{[/Check with special characters of core.update-account-command type"',
  ],
  ['"Payload of <payload> and <userId>"', '"Payload of {acc_id:0a787ecb-4015,sf_id:baz} and 0a787ecb-4015"'],
  ['"<one> single"', '"[HIGH] single"'],
  ['"<two> multiple"\n"<absent> system"', '"[ACTIVE,INACTIVE] multiple"\n" system"'],
  ['"Command is <valid>!"', '"Command is true!"'],
  ['"<first>"', '"ACTIVE"'],
])("the text %s becomes %s", (template, text) => {
  expect(filled(template)).toBe(text);
});

test.each<[string, unknown]>([
  ['{"detailType": <type>, "command": <absent>}', { detailType: EVENT["detail-type"], command: "" }],
  [
    '{"path": "users/<userId>/second/<userId>", "bod": <payload>}',
    { path: "users/0a787ecb-4015/second/0a787ecb-4015", bod: EVENT.detail.payload },
  ],
  ['{"bod": [<userId>, "hardcoded"]}', { bod: ["0a787ecb-4015", "hardcoded"] }],
  [
    '{"nested": {"level": {"deep": "users/<userId>"} }, "bod": "<userId>"}',
    { nested: { level: { deep: "users/0a787ecb-4015" } }, bod: "0a787ecb-4015" },
  ],
  ['{"list": <one>}', { list: ["HIGH"] }],
  ['{"id" : <userId>}', { id: "0a787ecb-4015" }],
  ['{"text": "<text>"}', { text: 'a "quoted" word' }],
  ['{"valid": <valid>}', { valid: true }],
])("the JSON %s is filled", (template, value) => {
  expect(JSON.parse(filled(template) ?? "")).toEqual(value);
});

test.each(["<one> single list item", '{"list": "<one>"}', '{"lists": "<one>", "more": "<two>"}'])(
  "%s gives no JSON, and nothing is sent",
  (template) => {
    expect(filled(template)).toBeUndefined();
  },
);

test("predefined variables need no path", () => {
  expect(filled('"<aws.events.rule-arn> <aws.events.rule-name> <aws.events.event.ingestion-time>"')).toBe(
    `"${RULE.arn} r 2026-01-02T00:00:00.000Z"`,
  );
  const { detail: _detail, "detail-type": detailType, ...rest } = EVENT;
  expect(JSON.parse(filled('{"event": <aws.events.event>, "json": <aws.events.event.json>}') ?? "")).toEqual({
    event: { ...rest, detailType },
    json: EVENT,
  });
});

describe("a target is refused", () => {
  test.each<[Partial<Target>, string]>([
    [
      { Input: "{}", InputPath: "$" },
      "Only one of Input, InputPath, or InputTransformer must be provided for target t.",
    ],
    [{ Input: "nonsense" }, "JSON syntax error in input for target t."],
    [
      { InputTransformer: { InputPathsMap: { a: "$.a" }, InputTemplate: '"<notdefinedkey>"' } },
      "InputTemplate for target t contains invalid placeholder notdefinedkey.",
    ],
  ])("%j: %s", (rest, message) => {
    expect(() => {
      checkInput(target(rest));
    }).toThrow(message);
  });
});
