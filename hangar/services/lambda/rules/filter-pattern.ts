// Event filtering: which records a mapping's patterns let through, in the language that EventBridge has.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html

import { flatten, matches, parsePattern, PatternError, storedPattern } from "../../../kernel/event-pattern/pattern.ts";

export function isPattern(text: string): boolean {
  try {
    parsePattern(text);
    return true;
  } catch (error) {
    if (error instanceof PatternError) return false;
    throw error;
  }
}

/** No patterns let everything through. DynamoDB's numbers come as text, and are none to these tests. */
export function passes(patterns: readonly string[], event: unknown): boolean {
  if (patterns.length === 0) return true;
  const flat = flatten(event);
  return patterns.some((pattern) => matches(storedPattern(pattern), flat));
}
