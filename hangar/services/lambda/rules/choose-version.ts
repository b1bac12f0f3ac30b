// The version an invocation runs: what was named, or by weight among an alias's versions.

import type { Ids } from "../../../kernel/ids.ts";
import type { VersionRow } from "../store.ts";
import type { Found } from "./find.ts";

export function chooseVersion(found: Found, ids: Ids): VersionRow {
  const weights = Object.entries(found.alias?.weights ?? {});
  if (weights.length === 0) return found.version;
  let draw = ids.fraction();
  for (const [version, weight] of weights) {
    if (draw < weight) return found.store.versions.get(`${found.row.name}:${version}`) ?? found.version;
    draw -= weight;
  }
  return found.version;
}
