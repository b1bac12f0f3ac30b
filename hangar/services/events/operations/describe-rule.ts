// Shows a rule. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeRule.html

import type { DescribeRuleInput, DescribeRuleOutput } from "../../../models/events.d.ts";
import { operation, ruleAt } from "../store.ts";

export const describeRule = operation<DescribeRuleInput, DescribeRuleOutput>((input, context) => {
  const rule = ruleAt(context, { bus: input.EventBusName, rule: input.Name });
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventPattern: rule.pattern,
    ScheduleExpression: rule.schedule,
    State: rule.state,
    Description: rule.description,
    RoleArn: rule.roleArn,
    EventBusName: rule.bus,
    CreatedBy: rule.createdBy,
  };
});
