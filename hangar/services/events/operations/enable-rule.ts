// Lets a rule work again. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EnableRule.html

import type { EnableRuleInput, EnableRuleOutput } from "../../../models/events.d.ts";
import { operation, putRule, ruleAt } from "../store.ts";
import { planNext } from "../workers/fire-schedule.ts";

export const enableRule = operation<EnableRuleInput, EnableRuleOutput>((input, context) => {
  const rule = ruleAt(context, { bus: input.EventBusName, rule: input.Name });
  putRule(context, planNext(context, { ...rule, state: "ENABLED" }));
  return {};
});
