// Lists a bus's rules by name. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html

import type { ListRulesInput, ListRulesOutput } from "../../../models/events.d.ts";
import { compositeKey } from "../../../kernel/table.ts";
import { pageOf } from "../rules/page.ts";
import { busAt, operation } from "../store.ts";

export const listRules = operation<ListRulesInput, ListRulesOutput>((input, context) => {
  const bus = busAt(context, input.EventBusName);
  const found = [...context.store.rules.rows({ prefix: compositeKey(bus.name, input.NamePrefix ?? "") })];
  const { items, next } = pageOf(found, input.Limit, input.NextToken);
  return {
    Rules: items.map((rule) => ({
      Name: rule.name,
      Arn: rule.arn,
      EventPattern: rule.pattern,
      ScheduleExpression: rule.schedule,
      State: rule.state,
      Description: rule.description,
      RoleArn: rule.roleArn,
      EventBusName: rule.bus,
    })),
    NextToken: next,
  };
});
