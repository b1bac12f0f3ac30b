// Lists a rule's targets. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTargetsByRule.html

import type { ListTargetsByRuleInput, ListTargetsByRuleOutput } from "../../../models/events.d.ts";
import { pageOf } from "../rules/page.ts";
import { operation, ruleAt, targetsOf } from "../store.ts";

export const listTargetsByRule = operation<ListTargetsByRuleInput, ListTargetsByRuleOutput>((input, context) => {
  const rule = ruleAt(context, { bus: input.EventBusName, rule: input.Rule });
  const { items, next } = pageOf(targetsOf(context.store, rule), input.Limit, input.NextToken);
  return { Targets: items, NextToken: next };
});
