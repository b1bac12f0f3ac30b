// What a SELECT through an index may name: only what the index holds.

import { invalidParameter } from "../../errors.ts";
import type { IndexSchema } from "../table-schema.ts";
import { rootNames } from "./key-tests.ts";
import type { ReadPlan } from "./read-plan.ts";
import type { Select } from "./statement.ts";

export function checkProjection({ name, global, projected }: IndexSchema, { projection }: Select): void {
  if (!global || projected === undefined) return;
  const missing = (projection ?? []).map(([root]) => String(root)).filter((root) => !projected.has(root));
  if (missing.length > 0)
    throw invalidParameter(`Global secondary index ${name} does not project [${missing.join(", ")}]`);
}

/** Reads by key may not filter by what is not there, unless one of them filters by nothing of the kind. */
export function checkFilters({ name, projected }: IndexSchema, { reads }: ReadPlan): void {
  if (projected === undefined || reads === undefined) return;
  let missing: readonly string[] = [];
  for (const { filter } of reads) {
    const names = filter === undefined ? [] : rootNames(filter).filter((root) => !projected.has(root));
    if (names.length === 0) return;
    missing = names;
  }
  throw invalidParameter(
    `Secondary index ${name} does not project one or more filter attributes: [${hashOrder(missing).join(", ")}]`,
  );
}

/** AWS lists the names as a Java HashSet of 16 buckets does. */
function hashOrder(names: readonly string[]): readonly string[] {
  const bucket = (name: string): number => {
    let hash = 0;
    for (let index = 0; index < name.length; index += 1) hash = (hash * 31 + name.charCodeAt(index)) | 0;
    return (hash ^ (hash >>> 16)) & 15;
  };
  return [...new Set(names)].toSorted((left, right) => bucket(left) - bucket(right));
}
