// A rule's event pattern, in the language EventBridge shares with SNS and Pipes. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html

import { parsePattern, PatternError, type Pattern } from "../../../kernel/event-pattern/pattern.ts";
import { invalidPattern } from "../errors.ts";

/** Throws InvalidEventPatternException in AWS's words. */
export function checkedPattern(text: string): Pattern {
  try {
    return parsePattern(text);
  } catch (error) {
    if (error instanceof PatternError) throw invalidPattern(error.message);
    throw error;
  }
}
