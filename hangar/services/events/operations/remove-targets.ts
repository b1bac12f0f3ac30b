// Takes targets from a rule. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RemoveTargets.html

import type { RemoveTargetsInput, RemoveTargetsOutput } from "../../../models/events.d.ts";
import { compositeKey } from "../../../kernel/table.ts";
import { operation, ruleAt } from "../store.ts";

export const removeTargets = operation<RemoveTargetsInput, RemoveTargetsOutput>((input, context) => {
  const rule = ruleAt(context, { bus: input.EventBusName, rule: input.Rule });
  for (const id of input.Ids) context.store.targets.delete(compositeKey(rule.bus, rule.name, id));
  return { FailedEntryCount: 0, FailedEntries: [] };
});
