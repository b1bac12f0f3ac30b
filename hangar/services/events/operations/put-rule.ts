// Makes a rule or changes one: what it matches, or when it fires. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html

import type { PutRuleInput, PutRuleOutput } from "../../../models/events.d.ts";
import { compositeKey } from "../../../kernel/table.ts";
import { invalid, limitExceeded } from "../errors.ts";
import { checkedPattern } from "../rules/pattern.ts";
import { parseSchedule } from "../rules/schedule.ts";
import { busAt, DEFAULT_BUS, operation, putRule as store, tagsOf, type Rule } from "../store.ts";
import { planNext } from "../workers/fire-schedule.ts";

/** AWS's quota for one bus. */
const RULES = 300;

export const putRule = operation<PutRuleInput, PutRuleOutput>((input, context) => {
  const bus = busAt(context, input.EventBusName);
  if (input.EventPattern === undefined && input.ScheduleExpression === undefined) {
    throw invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
  }
  if (input.EventPattern !== undefined) checkedPattern(input.EventPattern);
  if (input.ScheduleExpression !== undefined) {
    if (bus.name !== DEFAULT_BUS) throw invalid("ScheduleExpression is supported only on the default event bus.");
    parseSchedule(input.ScheduleExpression);
  }
  const key = compositeKey(bus.name, input.Name);
  const before = context.store.rules.get(key);
  if (before === undefined && [...context.store.rules.keys({ prefix: compositeKey(bus.name, "") })].length >= RULES)
    throw limitExceeded();
  const { account, region } = context;
  const path = bus.name === DEFAULT_BUS ? input.Name : `${bus.name}/${input.Name}`;
  const rule: Rule = {
    bus: bus.name,
    name: input.Name,
    arn: `arn:aws:events:${region}:${account}:rule/${path}`,
    state: input.State ?? "ENABLED",
    pattern: input.EventPattern,
    schedule: input.ScheduleExpression,
    description: input.Description,
    roleArn: input.RoleArn,
    createdBy: account,
    created: before?.created ?? context.clock.now(),
    work: before?.work,
    tags: before?.tags ?? tagsOf(input.Tags),
  };
  store(context, planNext(context, rule));
  return { RuleArn: rule.arn };
});
