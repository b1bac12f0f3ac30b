// Says whether an event fits a pattern. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html

import type { TestEventPatternInput, TestEventPatternOutput } from "../../../models/events.d.ts";
import { flatten, matches } from "../../../kernel/event-pattern/pattern.ts";
import { invalid } from "../errors.ts";
import { checkedPattern } from "../rules/pattern.ts";
import { operation } from "../store.ts";

const REQUIRED = ["id", "account", "source", "time", "region", "resources", "detail-type"];

export const testEventPattern = operation<TestEventPatternInput, TestEventPatternOutput>((input) => {
  const event = eventIn(input.Event);
  return { Result: matches(checkedPattern(input.EventPattern), flatten(event)) };
});

function eventIn(text: string): object {
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    throw invalid("Parameter Event is not valid.");
  }
  if (typeof event !== "object" || event === null || Array.isArray(event))
    throw invalid("Parameter Event is not valid.");
  if (REQUIRED.some((name) => !(name in event))) throw invalid("Parameter Event is not valid.");
  return event;
}
