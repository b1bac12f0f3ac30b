// Removes a rule that has no targets. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteRule.html

import type { DeleteRuleInput, DeleteRuleOutput } from "../../../models/events.d.ts";
import { compositeKey } from "../../../kernel/table.ts";
import { invalid } from "../errors.ts";
import { busAt, operation, targetsOf } from "../store.ts";

export const deleteRule = operation<DeleteRuleInput, DeleteRuleOutput>((input, context) => {
  const bus = busAt(context, input.EventBusName);
  const key = compositeKey(bus.name, input.Name);
  const rule = context.store.rules.get(key);
  if (rule === undefined) return {};
  if (targetsOf(context.store, rule).length > 0) throw invalid("Rule can't be deleted since it has targets.");
  if (rule.work !== undefined) context.scheduler.cancel(rule.work);
  context.store.rules.delete(key);
  return {};
});
