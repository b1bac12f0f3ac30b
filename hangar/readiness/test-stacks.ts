// Stacks for the rules' tests: a template as data, read as an assembly's would be.

import type { Finding } from "./finding.ts";
import { stackOf, type ReadStack } from "./read-stack.ts";
import type { Rule, Situation } from "./rule.ts";

const PLACE = { account: "111122223333", region: "eu-west-1", stackName: "Shop" };

/** A stack named Shop, or as `name` says, made of these resources, or of a whole template. */
export function stackWith(template: object, name = "Shop"): ReadStack {
  const data = "Resources" in template ? template : { Resources: template };
  const place = { ...PLACE, stackName: name };
  return stackOf(JSON.stringify(data), {
    name,
    templatePath: `${name}.template.json`,
    place,
    parameters: {},
    uploaded: true,
  });
}

/** What a rule finds in stacks. */
export function found(rule: Rule, stacks: ReadStack | readonly ReadStack[], more: Partial<Situation> = {}): Finding[] {
  const situation = {
    stacks: [stacks].flat() as ReadStack[],
    deployed: new Map(),
    now: Date.UTC(2026, 10, 22),
    ...more,
  };
  return [...rule.find(situation)];
}
