// Compiles the CDK's service spec into what a CloudFormation engine needs to know of each resource type.
import { createRequire } from "node:module";
import type { CloudFormationProperty, CloudFormationType } from "../../hangar/models/model.ts";
import { generatedIds, refValues } from "./ref-values.ts";

// The parts of @aws-cdk/service-spec-types that we read; its own declarations pull in packages we do without.
type PropertyType =
  | { readonly type: "ref"; readonly reference: { readonly $ref: string } }
  | { readonly type: "array" | "map"; readonly element: PropertyType }
  | { readonly type: "union"; readonly types: readonly PropertyType[] }
  | { readonly type: "string" | "number" | "integer" | "boolean" | "json" | "date-time" | "tag" };
type Property = {
  readonly type: PropertyType;
  readonly required?: boolean;
  readonly causesReplacement?: "yes" | "no" | "maybe";
};
type Properties = Readonly<Record<string, Property>>;
type Resource = {
  readonly cloudFormationType: string;
  readonly cloudFormationTransform?: string;
  readonly properties: Properties;
  readonly attributes: Readonly<Record<string, { readonly type: PropertyType }>>;
  readonly primaryIdentifier?: readonly string[];
  readonly cfnRefIdentifier?: readonly string[];
  readonly arnTemplate?: string;
  readonly isStateful?: boolean;
  readonly tagInformation?: { readonly tagPropertyName: string; readonly variant: "standard" | "asg" | "map" };
  readonly additionalReplacementProperties?: readonly (readonly string[])[];
};
type Definition = { readonly name: string; readonly properties: Properties };
type Database = {
  readonly all: (entity: "resource") => readonly Resource[];
  readonly get: (entity: "typeDefinition", id: string) => Definition;
};

type Definitions = Map<string, Readonly<Record<string, CloudFormationProperty>>>;

const require = createRequire(import.meta.url);
const spec = "@aws-cdk/aws-service-spec";

export const isSpecInstalled = (): boolean => {
  try {
    require.resolve(spec);
    return true;
  } catch {
    return false;
  }
};

/** Every resource type, in order of name. */
export const compileCloudFormation = (): readonly CloudFormationType[] => {
  const database = (require(spec) as { readonly loadAwsServiceSpecSync: () => Database }).loadAwsServiceSpecSync();
  return database
    .all("resource")
    .map((resource) => compileType(database, resource))
    .sort((a, b) => (a.type < b.type ? -1 : 1));
};

const compileType = (database: Database, resource: Resource): CloudFormationType => {
  const type = resource.cloudFormationType;
  const definitions: Definitions = new Map();
  const properties = compileProperties(database, resource.properties, definitions);
  const attributes = Object.fromEntries(
    Object.entries(resource.attributes).map(([name, attribute]) => [
      name,
      typeText(database, attribute.type, definitions),
    ]),
  );
  const ref = refOf(resource);
  const tags = resource.tagInformation;
  return {
    type,
    properties,
    attributes,
    ...(resource.primaryIdentifier === undefined ? {} : { primaryIdentifier: resource.primaryIdentifier }),
    ...(ref === undefined || String(ref) === String(resource.primaryIdentifier) ? {} : { ref }),
    ...(generatedIds.has(type) ? { generatedId: true as const } : {}),
    ...(resource.arnTemplate === undefined ? {} : { arnTemplate: resource.arnTemplate }),
    ...(resource.cloudFormationTransform === undefined ? {} : { transform: resource.cloudFormationTransform }),
    ...(resource.additionalReplacementProperties === undefined
      ? {}
      : { replacementPaths: resource.additionalReplacementProperties }),
    ...(tags === undefined ? {} : { tags: { property: tags.tagPropertyName, variant: tags.variant } }),
    ...(resource.isStateful === true ? { stateful: true as const } : {}),
    definitions: Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
};

const refOf = (resource: Resource): readonly string[] | undefined => {
  const byHand = refValues[resource.cloudFormationType];
  for (const path of byHand ?? []) {
    const name = path.split("/")[0] ?? path;
    if (!(name in resource.properties || name in resource.attributes))
      throw new Error(`${resource.cloudFormationType} has no ${name}`);
  }
  return byHand ?? resource.cfnRefIdentifier;
};

const compileProperties = (
  database: Database,
  properties: Properties,
  definitions: Definitions,
): Readonly<Record<string, CloudFormationProperty>> =>
  Object.fromEntries(
    Object.entries(properties).map(([name, { type, required, causesReplacement }]) => [
      name,
      {
        type: typeText(database, type, definitions),
        ...(required === true ? { required: true as const } : {}),
        ...(causesReplacement === "yes" || causesReplacement === "maybe" ? { replacement: causesReplacement } : {}),
      },
    ]),
  );

const typeText = (database: Database, type: PropertyType, definitions: Definitions): string => {
  switch (type.type) {
    case "ref": {
      const definition = database.get("typeDefinition", type.reference.$ref);
      if (!definitions.has(definition.name)) {
        // Holds the name while properties that lead back here are compiled.
        definitions.set(definition.name, {});
        definitions.set(definition.name, compileProperties(database, definition.properties, definitions));
      }
      return `ref:${definition.name}`;
    }
    case "array":
    case "map":
      return `${type.type}<${typeText(database, type.element, definitions)}>`;
    case "union":
      return type.types.map((member) => typeText(database, member, definitions)).join("|");
    default:
      return type.type;
  }
};
