// Checks what CreateTable and UpdateTable say of keys, indexes and throughput, in AWS's words and order.

import { invalidParameter, validation } from "../errors.ts";
import type { KeyElement } from "../store.ts";

type Projection = {
  readonly ProjectionType?: string | undefined;
  readonly NonKeyAttributes?: readonly string[] | undefined;
};
export type ProvisionedUnits = { readonly ReadCapacityUnits: number; readonly WriteCapacityUnits: number };
export type IndexDefinition = {
  readonly IndexName: string;
  readonly KeySchema: readonly KeyElement[];
  readonly Projection: Projection;
  readonly ProvisionedThroughput?: ProvisionedUnits | undefined;
};
export type Definition = {
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly KeySchema: readonly KeyElement[];
  readonly BillingMode?: string | undefined;
  readonly ProvisionedThroughput?: ProvisionedUnits | undefined;
  readonly LocalSecondaryIndexes?: readonly IndexDefinition[] | undefined;
  readonly GlobalSecondaryIndexes?: readonly IndexDefinition[] | undefined;
};

const MAX_UNITS = 1_000_000_000_000;
const MAX_LOCAL = 5;
export const MAX_GLOBAL = 20;
const MAX_NON_KEY = 100;
/** Attributes of a global index's partition key, and of its sort key. */
const MAX_KEY_ATTRIBUTES = 4;

export function checkDefinition(definition: Definition): void {
  checkThroughput(definition);
  const defined = definition.AttributeDefinitions.map((attribute) => attribute.AttributeName);
  checkTableKeys(definition, defined);
  const names = new Set<string>();
  if (definition.LocalSecondaryIndexes !== undefined)
    checkLocalIndexes(definition, definition.LocalSecondaryIndexes, { defined, names });
  if (definition.GlobalSecondaryIndexes !== undefined)
    checkGlobalIndexes(definition, definition.GlobalSecondaryIndexes, { defined, names });
  const { LocalSecondaryIndexes: local = [], GlobalSecondaryIndexes: global = [] } = definition;
  checkNonKeys([...local, ...global].map((index) => index.Projection));
  checkAllUsed(definition, defined);
}

function checkThroughput({ BillingMode: mode, ProvisionedThroughput: units }: Definition): void {
  if (mode === "PAY_PER_REQUEST") {
    if (units !== undefined)
      throw invalidParameter(
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
      );
    return;
  }
  if (units === undefined)
    throw invalidParameter(
      "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED",
    );
  checkUnits(units);
}

export function checkUnits(units: ProvisionedUnits): void {
  if (units.ReadCapacityUnits > MAX_UNITS)
    throw validation(`Given value ${units.ReadCapacityUnits} for ReadCapacityUnits is out of bounds`);
  if (units.WriteCapacityUnits > MAX_UNITS)
    throw validation(`Given value ${units.WriteCapacityUnits} for WriteCapacityUnits is out of bounds`);
}

function checkTableKeys(definition: Definition, defined: readonly string[]): void {
  const keys = definition.KeySchema;
  checkAtMostTwo(keys, "keySchema");
  for (const [at, index] of (definition.LocalSecondaryIndexes ?? []).entries())
    checkAtMostTwo(index.KeySchema, `localSecondaryIndexes.${at + 1}.member.keySchema`);
  if (keys.length > defined.length) throw validation("Invalid KeySchema: Some index key attribute have no definition");
  checkDefined(keys, defined);
  checkKeyTypes(keys);
  if (
    definition.LocalSecondaryIndexes === undefined &&
    definition.GlobalSecondaryIndexes === undefined &&
    keys.length !== defined.length
  ) {
    throw invalidParameter(
      "Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions",
    );
  }
}

/** Only keys of global indexes have more attributes: the model cannot say so. */
function checkAtMostTwo(keys: readonly KeyElement[], path: string): void {
  if (keys.length <= 2) return;
  const shown = keys
    .map((key) => `KeySchemaElement(attributeName=${key.AttributeName}, keyType=${key.KeyType})`)
    .join(", ");
  throw validation(
    `1 validation error detected: Value '[${shown}]' at '${path}' failed to satisfy constraint: Member must have length less than or equal to 2`,
  );
}

function checkDefined(keys: readonly KeyElement[], defined: readonly string[]): void {
  const names = keys.map((key) => key.AttributeName);
  if (names.every((name) => defined.includes(name))) return;
  throw invalidParameter(
    `Some index key attributes are not defined in AttributeDefinitions. Keys: [${names.join(", ")}], AttributeDefinitions: [${defined.join(", ")}]`,
  );
}

function checkKeyTypes(keys: readonly KeyElement[]): void {
  const [first, second] = keys;
  if (second !== undefined && first?.AttributeName === second.AttributeName)
    throw validation("Both the Hash Key and the Range Key element in the KeySchema have the same name");
  if (first?.KeyType !== "HASH")
    throw validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
  if (second !== undefined && second.KeyType !== "RANGE")
    throw validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
}

function checkGlobalKeyTypes(keys: readonly KeyElement[]): void {
  if (new Set(keys.map((key) => key.AttributeName)).size < keys.length)
    throw validation("The KeySchema contains multiple key attributes with the same name");
  if (keys[0]?.KeyType !== "HASH")
    throw validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
  const types = keys.map((key) => key.KeyType);
  if (types.lastIndexOf("HASH") > types.indexOf("RANGE") && types.includes("RANGE"))
    throw invalidParameter("All HASH key attributes must precede RANGE key attributes in the KeySchema");
  for (const type of ["HASH", "RANGE"])
    if (types.filter((each) => each === type).length > MAX_KEY_ATTRIBUTES)
      throw invalidParameter(`The KeySchema exceeds the maximum allowed number of ${type} key attributes`);
}

type Seen = { readonly defined: readonly string[]; readonly names: Set<string> };

function checkLocalIndexes(definition: Definition, indexes: readonly IndexDefinition[], seen: Seen): void {
  if (indexes.length === 0) throw invalidParameter("List of LocalSecondaryIndexes is empty");
  if (definition.KeySchema.length !== 2)
    throw invalidParameter(
      "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex",
    );
  const partition = definition.KeySchema[0]?.AttributeName ?? "";
  for (const index of indexes) {
    checkDefined(index.KeySchema, seen.defined);
    checkKeyTypes(index.KeySchema);
    if (index.KeySchema.length !== 2)
      throw invalidParameter(`Index KeySchema does not have a range key for index: ${index.IndexName}`);
    const own = index.KeySchema[0]?.AttributeName ?? "";
    if (own !== partition) {
      throw invalidParameter(
        `Index KeySchema does not have the same leading hash key as table KeySchema for index: ${index.IndexName}. index hash key: ${own}, table hash key: ${partition}`,
      );
    }
    checkProjection(index.Projection);
    checkIndexName(index, seen.names);
  }
  if (indexes.length > MAX_LOCAL)
    throw invalidParameter(`Number of LocalSecondaryIndexes exceeds per-table limit of ${MAX_LOCAL}`);
}

function checkGlobalIndexes(definition: Definition, indexes: readonly IndexDefinition[], seen: Seen): void {
  if (indexes.length === 0) throw invalidParameter("List of GlobalSecondaryIndexes is empty");
  for (const index of indexes) {
    checkGlobalIndex(index, definition.BillingMode ?? "PROVISIONED", seen.defined);
    checkIndexName(index, seen.names);
  }
  if (indexes.length > MAX_GLOBAL)
    throw invalidParameter(`GlobalSecondaryIndex count exceeds the per-table limit of ${MAX_GLOBAL}`);
}

/** Of all indexes of a table together. */
export function checkNonKeys(projections: readonly Projection[]): void {
  const nonKey = projections.reduce((count, projection) => count + (projection.NonKeyAttributes?.length ?? 0), 0);
  if (nonKey > MAX_NON_KEY)
    throw invalidParameter(
      `The total number of projected attributes is too large: ${nonKey}. The limit is ${MAX_NON_KEY}`,
    );
}

export function checkGlobalIndex(index: IndexDefinition, billing: string, defined: readonly string[]): void {
  checkDefined(index.KeySchema, defined);
  checkGlobalKeyTypes(index.KeySchema);
  checkProjection(index.Projection);
  if (billing === "PAY_PER_REQUEST") {
    if (index.ProvisionedThroughput !== undefined)
      throw invalidParameter(
        `ProvisionedThroughput should not be specified for index: ${index.IndexName} when BillingMode is PAY_PER_REQUEST`,
      );
  } else if (index.ProvisionedThroughput === undefined) {
    throw invalidParameter(`ProvisionedThroughput must be specified for index: ${index.IndexName}`);
  }
}

function checkIndexName({ IndexName: name }: IndexDefinition, names: Set<string>): void {
  if (names.has(name)) throw invalidParameter(`Duplicate index name: ${name}`);
  names.add(name);
}

function checkProjection({ ProjectionType: type, NonKeyAttributes: attributes }: Projection): void {
  if (type === undefined) throw invalidParameter("Unknown ProjectionType: null");
  if (attributes !== undefined && type !== "INCLUDE")
    throw invalidParameter(`ProjectionType is ${type}, but NonKeyAttributes is specified`);
  if (attributes === undefined && type === "INCLUDE")
    throw invalidParameter("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
}

function checkAllUsed(definition: Definition, defined: readonly string[]): void {
  const indexes = [...(definition.LocalSecondaryIndexes ?? []), ...(definition.GlobalSecondaryIndexes ?? [])];
  const used = new Set(
    [...definition.KeySchema, ...indexes.flatMap((index) => index.KeySchema)].map((key) => key.AttributeName),
  );
  if (defined.every((name) => used.has(name))) return;
  throw invalidParameter(
    `Some AttributeDefinitions are not used. AttributeDefinitions: [${defined.join(", ")}], keys used: [${[...used].join(", ")}]`,
  );
}
