// Properties that are stored here without effect: what they do on AWS nothing here has tested.

import { isCustom } from "../../services/cloudformation/rules/coverage.ts";
import { ledger } from "../ledger.ts";
import type { Rule } from "../rule.ts";
import { stateOfProperty } from "../states.ts";

export const inert: Rule = {
  name: "inert",
  says: "A property that is stored here and has no effect: nothing here tests what it does on AWS.",
  find: ({ stacks }) =>
    stacks.flatMap(({ name: stack, resources }) =>
      resources
        .filter(({ type }) => !isCustom(type) && type !== "AWS::CDK::Metadata")
        .flatMap((resource) => {
          const { type, logicalId, properties } = resource;
          return Object.keys(properties)
            .filter((property) => stateOfProperty(resource, property) === "inert")
            .map((property) => ({
              rule: "inert",
              level: "error" as const,
              stack,
              logicalId,
              property,
              message: `${property} of ${type} has no effect here: ${ledger().types[type]?.inert[property]}.`,
              help: "Test on AWS what depends on it, and allow it in hangar.config.ts.",
            }));
        }),
    ),
};
