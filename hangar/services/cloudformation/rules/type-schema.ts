// A resource type's facts in the form of a registry schema, as far as they tell: what the CDK reads for its hot swaps.

import type { CloudFormationProperty, CloudFormationType } from "../../../models/model.ts";
import { alternatives, innerType } from "./properties.ts";

export function typeSchema(facts: CloudFormationType): object {
  const replacing = Object.entries(facts.properties)
    .filter(([, property]) => property.replacement === "yes")
    .map(([name]) => `/properties/${name}`);
  const readOnly = Object.keys(facts.attributes).filter((name) => !Object.hasOwn(facts.properties, name));
  return {
    typeName: facts.type,
    description: `Resource Type definition for ${facts.type}`,
    additionalProperties: false,
    properties: {
      ...schemas(facts.properties),
      ...Object.fromEntries(readOnly.map((name) => [name, { type: "string" }])),
    },
    definitions: Object.fromEntries(
      Object.entries(facts.definitions).map(([name, fields]) => [
        name,
        { type: "object", additionalProperties: false, properties: schemas(fields), required: requiredOf(fields) },
      ]),
    ),
    required: requiredOf(facts.properties),
    readOnlyProperties: readOnly.map((name) => `/properties/${name.replaceAll(".", "/")}`),
    createOnlyProperties: replacing,
    primaryIdentifier: (facts.primaryIdentifier ?? []).map((name) => `/properties/${name}`),
  };
}

function requiredOf(fields: Readonly<Record<string, CloudFormationProperty>>): string[] {
  return Object.entries(fields)
    .filter(([, field]) => field.required === true)
    .map(([name]) => name);
}

function schemas(fields: Readonly<Record<string, CloudFormationProperty>>): object {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, schemaOf(field.type)]));
}

function schemaOf(type: string): object {
  const choices = alternatives(type);
  if (choices.length > 1) return { oneOf: choices.map(schemaOf) };
  const inner = innerType(type);
  if (type.startsWith("array<") && inner !== undefined) return { type: "array", items: schemaOf(inner) };
  if (type.startsWith("map<") && inner !== undefined)
    return { type: "object", patternProperties: { ".*": schemaOf(inner) } };
  if (type.startsWith("ref:")) return { $ref: `#/definitions/${type.slice(4)}` };
  if (type === "tag")
    return {
      type: "object",
      properties: { Key: { type: "string" }, Value: { type: "string" } },
      required: ["Key", "Value"],
    };
  return { type: type === "json" ? ["object", "string"] : type === "date-time" ? "string" : type };
}
