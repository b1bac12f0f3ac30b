// How resources are identified from outside a stack: the registry's primary identifier, against the physical id that handlers use.

import type { CloudFormationType } from "../models/model.ts";
import type { Properties, ResourceState } from "./resource.ts";

/** Identifiers that the facts have shorter than the type's own API can look up. */
const LONGER: Readonly<Record<string, readonly string[]>> = {
  "AWS::ApiGateway::RequestValidator": ["RestApiId", "RequestValidatorId"],
};

function partsOf(facts: CloudFormationType | undefined): readonly string[] {
  return facts === undefined ? [] : (LONGER[facts.type] ?? facts.primaryIdentifier ?? []);
}

/** What `read` takes and Cloud Control names a resource by: several parts are joined by `|`. */
export function primaryIdentifier(
  facts: CloudFormationType | undefined,
  state: ResourceState,
  properties: Properties,
): string {
  const parts = partsOf(facts);
  if (parts.length < 2) return state.id;
  const own = ownPart(facts);
  const partOf = (name: string): string => {
    const value = name === own ? state.id : (properties[name] ?? state.attributes[name]);
    return typeof value === "string" ? value : state.id;
  };
  return parts.map(partOf).join("|");
}

/** The physical id within an identifier: what a handler's state has as its id. */
export function physicalIdOf(facts: CloudFormationType | undefined, identifier: string): string {
  const parts = partsOf(facts);
  if (parts.length < 2) return identifier;
  const own = ownPart(facts);
  return own === undefined ? identifier : (identifier.split("|")[parts.indexOf(own)] ?? identifier);
}

/** The part that is the resource's own; the others say where it is. */
function ownPart(facts: CloudFormationType | undefined): string | undefined {
  if (facts?.generatedId === true) return undefined;
  const parts = partsOf(facts);
  return facts?.ref?.find((name) => parts.includes(name)) ?? parts.at(-1);
}
