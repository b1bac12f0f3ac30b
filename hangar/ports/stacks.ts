// What services ask of CloudFormation's resource registry (Cloud Control, hot swap).

import type { ResourceType } from "../cloud/resource.ts";

export type ResourceRegistry = {
  resourceType(type: string): ResourceType | undefined;
  types(): readonly string[];
};
