// What the data plane needs to know of a table, worked out once for each table row.

import type { IndexState } from "./table-state.ts";
import type { IndexRow, KeyElement, KeyType, TableRow } from "../store.ts";

export type KeyAttribute = { readonly name: string; readonly type: KeyType };

export type KeySchema = {
  /** The first attribute of the partition key, which is all of it but where `several` is set. */
  readonly partition: KeyAttribute;
  readonly sort: KeyAttribute | undefined;
  readonly attributes: readonly KeyAttribute[];
  /** Of a global index whose partition or sort key has more than one attribute: all of them, in order. */
  readonly several: SeveralKeys | undefined;
};

export type SeveralKeys = { readonly partitions: readonly KeyAttribute[]; readonly sorts: readonly KeyAttribute[] };

export type IndexSchema = KeySchema & {
  readonly state: IndexState | undefined;
  readonly name: string;
  readonly global: boolean;
  readonly storage: string;
  readonly projectionType: string;
  /** Attributes of a row; undefined for all. */
  readonly projected: ReadonlySet<string> | undefined;
};

export type TableSchema = KeySchema & {
  readonly storage: string;
  readonly indexes: readonly IndexSchema[];
  /** Those of them that are local. */
  readonly local: readonly IndexSchema[];
  /** The same in order of name: AWS names the first one in errors. */
  readonly byName: readonly IndexSchema[];
};

const known = new WeakMap<TableRow, TableSchema>();

export function schemaOf(table: TableRow): TableSchema {
  let schema = known.get(table);
  if (schema === undefined) {
    const keys = keySchema(table, table.keys);
    const indexes = table.indexes.map((index) => indexSchema(table, keys, index));
    schema = {
      ...keys,
      storage: table.storage,
      indexes,
      local: indexes.filter((index) => !index.global),
      byName: indexes.toSorted((left, right) => (left.name < right.name ? -1 : 1)),
    };
    known.set(table, schema);
  }
  return schema;
}

/** Definitions of attributes that are part of a key. */
export function usedAttributes({ attributes, keys, indexes }: TableRow): TableRow["attributes"] {
  const used = new Set([...keys, ...indexes.flatMap((index) => index.keys)].map((key) => key.AttributeName));
  return attributes.filter((attribute) => used.has(attribute.AttributeName));
}

function keySchema(table: TableRow, elements: readonly KeyElement[]): KeySchema {
  const attributes = elements.map(({ AttributeName: name }) => {
    const definition = table.attributes.find((attribute) => attribute.AttributeName === name);
    return { name, type: (definition?.AttributeType ?? "S") as KeyType };
  });
  const partitions = attributes.filter((_, index) => elements[index]?.KeyType === "HASH");
  const sorts = attributes.filter((_, index) => elements[index]?.KeyType === "RANGE");
  return {
    partition: attributes[0] as KeyAttribute,
    sort: sorts[0],
    attributes,
    several: partitions.length > 1 || sorts.length > 1 ? { partitions, sorts } : undefined,
  };
}

/** All attributes of a partition key. */
export function partitionsOf({ partition, several }: KeySchema): readonly KeyAttribute[] {
  return several?.partitions ?? [partition];
}

function indexSchema(table: TableRow, own: KeySchema, index: IndexRow): IndexSchema {
  const keys = keySchema(table, index.keys);
  const type = index.projection.ProjectionType;
  const names = [...own.attributes, ...keys.attributes].map((attribute) => attribute.name);
  const projected = type === "ALL" ? undefined : new Set([...names, ...(index.projection.NonKeyAttributes ?? [])]);
  return {
    ...keys,
    state: index.state,
    name: index.name,
    global: index.global,
    storage: index.storage,
    projectionType: type,
    projected,
  };
}
