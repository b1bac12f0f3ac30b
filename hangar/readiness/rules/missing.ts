// Resource types and properties that are not emulated: a deployment here refuses them, so nothing here has tested them.

import { loadCloudFormationType } from "../../models/load.ts";
import { isCustom } from "../../services/cloudformation/rules/coverage.ts";
import type { Finding } from "../finding.ts";
import type { ReadResource, ReadStack } from "../read-stack.ts";
import type { Rule } from "../rule.ts";
import { stateOfOperation, stateOfProperty, stateOfType } from "../states.ts";

const RULE = "missing";
const HELP = "Test it on AWS before it goes live, and allow it in hangar.config.ts.";

export const missing: Rule = {
  name: RULE,
  says: "A resource type, property or operation that Hangar does not emulate: nothing here tests it.",
  find: ({ stacks, usage }) => [
    ...stacks.flatMap(({ name, resources }) =>
      resources.flatMap((resource) => lacks(resource).map((each) => ({ ...each, stack: name }))),
    ),
    ...Object.keys(usage?.operations ?? {})
      .filter((operation) => stateOfOperation(operation) === "missing")
      .map((operation) => missingOperation(operation, stacks)),
  ],
};

/** Who called it cannot be told: it is the app's. */
function missingOperation(operation: string, [stack]: readonly ReadStack[]): Finding {
  const message = `The suite called ${operation}, which Hangar does not emulate yet.`;
  return { rule: RULE, level: "error", stack: stack?.name ?? "", property: operation, message, help: HELP };
}

function lacks(resource: ReadResource): Omit<Finding, "stack">[] {
  const { type, logicalId, properties } = resource;
  // What CloudFormation does not know either is another rule's.
  const facts = loadCloudFormationType(type);
  if (isCustom(type) || facts === undefined) return [];
  const finding = { rule: RULE, level: "error", logicalId, help: HELP } as const;
  if (stateOfType(type) === "missing")
    return [{ ...finding, message: `Hangar does not emulate the resource type ${type} yet.` }];
  return Object.keys(properties)
    .filter((property) => Object.hasOwn(facts.properties, property))
    .filter((property) => stateOfProperty(resource, property) === "missing")
    .map((property) => ({ ...finding, property, message: `Hangar does not emulate ${property} of ${type} yet.` }));
}
