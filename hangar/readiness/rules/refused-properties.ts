// Types and properties that CloudFormation itself refuses, by its registry's facts.

import { loadCloudFormationType } from "../../models/load.ts";
import { isCustom } from "../../services/cloudformation/rules/coverage.ts";
import { coerceProperties } from "../../services/cloudformation/rules/properties.ts";
import type { ReadResource } from "../read-stack.ts";
import type { Rule } from "../rule.ts";

export const refusedProperties: Rule = {
  name: "refused-properties",
  says: "CloudFormation refuses the resource: its type or a property is unknown, ill-typed or not given.",
  find: ({ stacks }) =>
    stacks.flatMap(({ name: stack, resources }) =>
      resources.flatMap((resource) => {
        const message = refusalOf(resource);
        const { logicalId } = resource;
        return message === undefined
          ? []
          : [{ rule: "refused-properties", level: "error" as const, stack, logicalId, message }];
      }),
    ),
};

function refusalOf({ type, properties }: ReadResource): string | undefined {
  if (isCustom(type) || type === "AWS::CDK::Metadata") return undefined;
  const facts = loadCloudFormationType(type);
  if (facts === undefined) return `Unrecognized resource types: [${type}]`;
  try {
    coerceProperties(properties, facts);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
