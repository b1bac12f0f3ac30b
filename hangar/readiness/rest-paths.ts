// Paths of a REST API's resources, from the parts that the template names one below the other.

import type { DeployedProperties } from "./deployed-properties.ts";

/** The path of a resource by its id; the root's where no resource of the template has that id. */
export type PathOf = (resourceId: string) => string;

export function pathsOf(all: readonly DeployedProperties[]): PathOf {
  const parts = new Map<string, { readonly parent: string; readonly part: string }>();
  for (const { resource, deployed, properties } of all)
    if (resource.type === "AWS::ApiGateway::Resource")
      parts.set(deployed.id, { parent: String(properties["ParentId"]), part: String(properties["PathPart"]) });
  const below = (id: string): string => {
    const found = parts.get(id);
    return found === undefined ? "" : `${below(found.parent)}/${found.part}`;
  };
  return (id) => below(id) || "/";
}
