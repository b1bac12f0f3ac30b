// Whether a tag can be moved. https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html

import { matchesWildcard } from "../../../kernel/wildcard.ts";
import type { Repository } from "../store.ts";

export function isImmutable(tag: string, { tagMutability, exclusions = [] }: Repository): boolean {
  const excluded = exclusions.some(({ filter }) => matchesWildcard(filter, tag));
  return tagMutability.startsWith("IMMUTABLE")
    ? !(tagMutability === "IMMUTABLE_WITH_EXCLUSION" && excluded)
    : tagMutability === "MUTABLE_WITH_EXCLUSION" && excluded;
}
