// The tags of whatever an ARN names: a bus or a rule.

import { parseArn } from "../../../kernel/arn.ts";
import { invalid } from "../errors.ts";
import { busAt, DEFAULT_BUS, putRule, ruleAt, type EventsContext, type Tags } from "../store.ts";

/** Writes the tags that `make` gives from those now there, and answers them. */
export function change(context: EventsContext, arn: string, make: (tags: Tags) => Tags): Tags {
  const [kind, ...names] = (parseArn(arn)?.resource ?? "").split("/");
  if (kind === "event-bus") {
    const bus = busAt(context, names.join("/"));
    const tags = make(bus.tags);
    context.store.buses.put(bus.name, { ...bus, tags });
    return tags;
  }
  if (kind !== "rule") throw invalid(`Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`);
  const rule = ruleAt(context, { bus: names.length > 1 ? names[0] : DEFAULT_BUS, rule: names.at(-1) ?? "" });
  const tags = make(rule.tags);
  putRule(context, { ...rule, tags });
  return tags;
}
