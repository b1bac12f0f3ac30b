// Schedules: a rule's next firing is pending work; when it runs, the rule sends AWS's scheduled event and plans the next.

import { compositeKey } from "../../../kernel/table.ts";
import { parseSchedule } from "../rules/schedule.ts";
import { putRule, type EventsContext, type Rule } from "../store.ts";
import { send } from "./route-event.ts";

type Firing = { readonly bus: string; readonly rule: string; readonly at: number };

/** The rule with its pending work: replaced when the schedule changed, none when it is disabled. */
export function planNext(context: EventsContext, rule: Rule, after = context.clock.now()): Rule {
  if (rule.work !== undefined) context.scheduler.cancel(rule.work);
  if (rule.schedule === undefined || rule.state === "DISABLED") return { ...rule, work: undefined };
  const at = parseSchedule(rule.schedule).next(after);
  if (at === undefined) return { ...rule, work: undefined };
  const firing: Firing = { bus: rule.bus, rule: rule.name, at };
  return { ...rule, work: context.scheduler.at(at, "events.fire", firing) };
}

export function fireSchedule({ bus, rule: name, at }: Firing, context: EventsContext): void {
  const rule = context.store.rules.get(compositeKey(bus, name));
  if (rule === undefined || rule.state === "DISABLED" || rule.schedule === undefined) return;
  const { account, region } = context;
  send(
    context,
    rule,
    JSON.stringify({
      version: "0",
      id: context.ids.uuid(),
      "detail-type": "Scheduled Event",
      source: "aws.events",
      account,
      time: `${new Date(at).toISOString().slice(0, 19)}Z`,
      region,
      resources: [rule.arn],
      detail: {},
    }),
  );
  putRule(context, planNext(context, { ...rule, work: undefined }, at));
}
