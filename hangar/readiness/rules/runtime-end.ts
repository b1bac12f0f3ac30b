// Runtimes that AWS has ended, or ends soon.

import type { Finding, Level } from "../finding.ts";
import type { Rule } from "../rule.ts";
import { runtimeEnds } from "../runtimes.ts";

const SOON_DAYS = 180;
const HELP =
  "Move to a newer runtime or, where the function is the CDK's own, to a newer aws-cdk-lib. Today's dates: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html";

export const runtimeEnd: Rule = {
  name: "runtime-end",
  says: "A function's runtime has reached its end of life, or will within half a year.",
  find: ({ stacks, now }) =>
    stacks.flatMap(({ name: stack, resources }) =>
      resources.flatMap(({ type, logicalId, properties }): Finding[] => {
        const runtime = properties["Runtime"];
        const judged =
          type === "AWS::Lambda::Function" && typeof runtime === "string" ? judge(runtime, now) : undefined;
        if (judged === undefined) return [];
        return [{ rule: "runtime-end", stack, logicalId, property: "Runtime", help: HELP, ...judged }];
      }),
    ),
};

function judge(runtime: string, now: number): { readonly level: Level; readonly message: string } | undefined {
  const end = Object.hasOwn(runtimeEnds, runtime) ? runtimeEnds[runtime] : undefined;
  if (end === undefined) return undefined;
  const { deprecated, blocksCreate, blocksUpdate } = end;
  const past = (day: string | undefined): boolean => day !== undefined && now >= Date.parse(day);
  if (past(blocksUpdate))
    return {
      level: "error",
      message: `AWS neither creates nor updates functions of ${runtime} since ${blocksUpdate}.`,
    };
  if (past(blocksCreate))
    return {
      level: "error",
      message: `AWS creates no functions of ${runtime} since ${blocksCreate}, and updates none from ${blocksUpdate} on.`,
    };
  if (past(deprecated))
    return {
      level: "warning",
      message: `${runtime} gets no patches since ${deprecated}; AWS blocks it sooner or later.`,
    };
  if (past(dayBefore(deprecated, SOON_DAYS)))
    return { level: "note", message: `${runtime} gets no patches from ${deprecated} on.` };
  return undefined;
}

function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString();
}
