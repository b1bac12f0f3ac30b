// Templates that CloudFormation would not take, in its own words.

import type { Rule } from "../rule.ts";

/** Said by rules of their own. */
const ELSEWHERE = /is greater than maximum allowed/;

export const refusedTemplate: Rule = {
  name: "refused-template",
  says: "CloudFormation refuses the template: a section, a reference or a function in it is wrong.",
  find: ({ stacks }) =>
    stacks.flatMap((stack) =>
      [...new Set(stack.refusals)]
        .filter((message) => !ELSEWHERE.test(message))
        .map((message) => ({ rule: "refused-template", level: "error" as const, stack: stack.name, message })),
    ),
};
