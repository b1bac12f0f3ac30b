// LastProcessingResult of a mapping: what came of its last call or read.

import type { LambdaContext } from "../store.ts";

export function noteResult(context: LambdaContext, uuid: string, result: string): void {
  const mapping = context.store.mappings.get(uuid);
  if (mapping !== undefined && mapping.LastProcessingResult !== result)
    context.store.mappings.put(uuid, { ...mapping, LastProcessingResult: result });
}
