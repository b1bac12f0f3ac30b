// Stops a rule until it is enabled. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DisableRule.html

import type { DisableRuleInput, DisableRuleOutput } from "../../../models/events.d.ts";
import { operation, putRule, ruleAt } from "../store.ts";
import { planNext } from "../workers/fire-schedule.ts";

export const disableRule = operation<DisableRuleInput, DisableRuleOutput>((input, context) => {
  const rule = ruleAt(context, { bus: input.EventBusName, rule: input.Name });
  putRule(context, planNext(context, { ...rule, state: "DISABLED" }));
  return {};
});
