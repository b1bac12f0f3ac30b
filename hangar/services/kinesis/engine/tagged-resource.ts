// Tags and policies, which streams and consumers have alike.

import { compositeKey } from "../../../kernel/table.ts";
import type { StreamRow } from "../store.ts";
import type { findResource } from "./find-stream.ts";

export type Resource = ReturnType<typeof findResource>;

export function tagsOf(found: Resource): Readonly<Record<string, string>> {
  return found.consumer === undefined ? found.stream.tags : found.consumer.tags;
}

export function policyOf(found: Resource): string | undefined {
  return found.consumer === undefined ? found.stream.policy : found.consumer.policy;
}

export function keepTags(found: Resource, tags: Readonly<Record<string, string>>): void {
  keep(found, { tags });
}

export function keepPolicy(found: Resource, policy: string | undefined): void {
  keep(found, { policy });
}

function keep(found: Resource, change: Partial<Pick<StreamRow, "tags" | "policy">>): void {
  const { store } = found;
  if (found.consumer === undefined) store.streams.put(found.stream.name, { ...found.stream, ...change });
  else store.consumers.put(compositeKey(found.consumer.stream, found.consumer.name), { ...found.consumer, ...change });
}
