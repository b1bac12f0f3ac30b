// Lists the rules of a bus that send to a target. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRuleNamesByTarget.html

import type { ListRuleNamesByTargetInput, ListRuleNamesByTargetOutput } from "../../../models/events.d.ts";
import { compositeKey } from "../../../kernel/table.ts";
import { pageOf } from "../rules/page.ts";
import { busAt, operation, targetsOf } from "../store.ts";

export const listRuleNamesByTarget = operation<ListRuleNamesByTargetInput, ListRuleNamesByTargetOutput>(
  (input, context) => {
    const bus = busAt(context, input.EventBusName);
    const rules = [...context.store.rules.rows({ prefix: compositeKey(bus.name, "") })];
    const names = rules
      .filter((rule) => targetsOf(context.store, rule).some((target) => target.Arn === input.TargetArn))
      .map((rule) => rule.name);
    const { items, next } = pageOf(names, input.Limit, input.NextToken);
    return { RuleNames: items, NextToken: next };
  },
);
