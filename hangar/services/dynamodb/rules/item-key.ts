// Keys of items: their checks, and where an item's rows stand.

import { invalidParameter, validation } from "../errors.ts";
import { typeOf, utf8Length, type AttributeValue, type Item } from "./attribute-value.ts";
import { partitionPrefix, severalPrefix, sortBytes } from "./key-bytes.ts";
import type { IndexSchema, KeyAttribute, KeySchema, SeveralKeys, TableSchema } from "./table-schema.ts";

const MAX_PARTITION = 2048;
const MAX_SORT = 1024;

/** Key of an item's row. */
export function itemKey(schema: TableSchema, item: Item): string {
  return keyIn(schema, schema.storage, item);
}

function keyIn(schema: KeySchema, storage: string, item: Item): string {
  const prefix = partitionPrefix(storage, item[schema.partition.name] as AttributeValue);
  return schema.sort === undefined ? prefix : prefix + sortBytes(item[schema.sort.name] as AttributeValue);
}

/** Key of an item's row in an index; undefined when the item has not all of the index's key. */
export function indexKey(index: IndexSchema, item: Item, key: string): string | undefined {
  for (const { name, type } of index.attributes) {
    const value = Object.hasOwn(item, name) ? item[name] : undefined;
    // Items written before the index was made may hold anything there: they stay out of it.
    if (value?.[type] === undefined || isEmpty(value)) return undefined;
  }
  const at = index.several === undefined ? keyIn(index, index.storage, item) : severalIn(index, index.several, item);
  return at + key.slice(index.storage.length);
}

/** Sort keys end each by themselves, so that one after another keeps their order. */
function severalIn({ storage }: IndexSchema, { partitions, sorts }: SeveralKeys, item: Item): string {
  const values = partitions.map(({ name }) => item[name] as AttributeValue);
  return severalPrefix(storage, values) + sorts.map(({ name }) => sortBytes(item[name] as AttributeValue)).join("");
}

function emptyKey(name: string, type: string): Error {
  return validation(
    `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${type === "S" ? "string" : "binary"} value. Key: ${name}`,
  );
}

function isEmpty(value: AttributeValue): boolean {
  return value.S === "" || value.B?.length === 0;
}

function checkKeySize(schema: KeySchema, attribute: KeyAttribute, value: AttributeValue): void {
  if (schema.several === undefined) checkKeyLength(value, attribute === schema.partition);
}

/** Several attributes share the length that one may have. */
function checkSeveralSizes({ partitions, sorts }: SeveralKeys, item: Item): void {
  const total = (attributes: readonly KeyAttribute[]): number =>
    attributes.reduce((sum, { name }) => sum + (Object.hasOwn(item, name) ? sizeOf(item[name] ?? {}) : 0), 0);
  checkSize(total(partitions), true);
  checkSize(total(sorts), false);
}

function sizeOf(value: AttributeValue): number {
  return value.S === undefined ? (value.B?.length ?? 0) : utf8Length(value.S);
}

export function checkKeyLength(value: AttributeValue, isPartition: boolean): void {
  checkSize(sizeOf(value), isPartition);
}

function checkSize(size: number, isPartition: boolean): void {
  if (isPartition) {
    if (size > MAX_PARTITION)
      throw invalidParameter("Size of hashkey has exceeded the maximum size limit of2048 bytes");
  } else if (size > MAX_SORT) {
    throw invalidParameter("Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
  }
}

/** Checks a Key parameter: exactly the key attributes, of their types. */
export function checkKey(schema: KeySchema, key: Item): void {
  let count = 0;
  for (const _ in key) count += 1;
  if (count !== schema.attributes.length) throw keyMismatch();
  for (const attribute of schema.attributes) {
    const value = Object.hasOwn(key, attribute.name) ? key[attribute.name] : undefined;
    if (value === undefined || value[attribute.type] === undefined) throw keyMismatch();
    if (isEmpty(value)) throw emptyKey(attribute.name, attribute.type);
    checkKeySize(schema, attribute, value);
  }
  if (schema.several !== undefined) checkSeveralSizes(schema.several, key);
}

function keyMismatch(): Error {
  return validation("The provided key element does not match the schema");
}

/** Checks the key attributes of an item that is put. Batches call every wrong type a mismatch of the schema. */
export function checkItemKeys(schema: TableSchema, item: Item, batch = false): void {
  for (const attribute of schema.attributes) {
    const value = Object.hasOwn(item, attribute.name) ? item[attribute.name] : undefined;
    if (value === undefined)
      throw batch ? keyMismatch() : invalidParameter(`Missing the key ${attribute.name} in the item`);
    if (value[attribute.type] === undefined) {
      throw batch
        ? keyMismatch()
        : invalidParameter(
            `Type mismatch for key ${attribute.name} expected: ${attribute.type} actual: ${typeOf(value)}`,
          );
    }
    if (isEmpty(value)) throw emptyKey(attribute.name, attribute.type);
    checkKeySize(schema, attribute, value);
  }
  if (schema.indexes.length > 0) checkIndexKeys(schema, item, "put");
}

/** An index key may be absent; what is there must have its type and a length. */
export function checkIndexKeys(schema: TableSchema, item: Item, by: "put" | "update"): void {
  for (const index of schema.byName) {
    for (const attribute of index.attributes) {
      const value = Object.hasOwn(item, attribute.name) ? item[attribute.name] : undefined;
      if (value === undefined) continue;
      if (value[attribute.type] === undefined) {
        throw invalidParameter(
          `Type mismatch for Index Key ${attribute.name} Expected: ${attribute.type} Actual: ${typeOf(value)} IndexName: ${index.name}`,
        );
      }
      if (isEmpty(value)) throw emptyIndexKey(attribute, index.name, by);
      checkKeySize(index, attribute, value);
    }
    if (index.several !== undefined) checkSeveralSizes(index.several, item);
  }
}

function emptyIndexKey({ name, type }: KeyAttribute, index: string, by: "put" | "update"): Error {
  const empty = `The AttributeValue for a key attribute cannot contain an empty ${type === "S" ? "string" : "binary"} value.`;
  return validation(
    by === "put"
      ? `One or more parameter values are not valid. A value specified for a secondary index key is not supported. ${empty} IndexName: ${index}, IndexKey: ${name}`
      : `One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. ${empty}`,
  );
}

/** The key attributes of an item. */
export function keyOf(schema: KeySchema, item: Item): Item {
  const { partition, sort, attributes, several } = schema;
  if (several !== undefined) return Object.fromEntries(attributes.map(({ name }) => [name, item[name] ?? {}]));
  const value = item[partition.name] as AttributeValue;
  return sort === undefined
    ? { [partition.name]: value }
    : { [partition.name]: value, [sort.name]: item[sort.name] as AttributeValue };
}
