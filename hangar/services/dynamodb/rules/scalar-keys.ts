// Keys are scalars: no expression may look inside of one.

import { validation } from "../errors.ts";
import type { BoundPath } from "./bindings.ts";
import type { TableSchema } from "./table-schema.ts";

/** Keys of the table are named before those of its indexes. */
export function checkScalarKeys(schema: TableSchema, paths: readonly BoundPath[] | undefined): void {
  if (paths === undefined || paths.every((path) => path.length === 1)) return;
  const isNested = (name: string): boolean => paths.some((path) => path.length > 1 && path[0] === name);
  const key = schema.attributes.find(({ name }) => isNested(name));
  if (key !== undefined) throw notScalar(`Key: ${key.name}`);
  for (const { attributes } of schema.byName) {
    const indexKey = attributes.find(({ name }) => isNested(name));
    if (indexKey !== undefined) throw notScalar(`IndexKey: ${indexKey.name}`);
  }
}

function notScalar(key: string): Error {
  return validation(
    `Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ${key}`,
  );
}
