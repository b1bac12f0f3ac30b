// Which versions a generated manifest takes.

import type { JobManifestGeneratorFilter } from "../../../models/s3control.d.ts";
import type { StoredVersion } from "../../../ports/storage.ts";

type Filter = JobManifestGeneratorFilter;

/** Every condition that is given must hold. */
export function takes(filter: Filter | undefined, version: StoredVersion): boolean {
  if (filter === undefined) return true;
  const { EligibleForReplication, ObjectReplicationStatuses, MatchAnyStorageClass } = filter;
  return (
    (EligibleForReplication === undefined || EligibleForReplication === version.eligible) &&
    (ObjectReplicationStatuses === undefined || ObjectReplicationStatuses.includes(version.replication)) &&
    (MatchAnyStorageClass === undefined || MatchAnyStorageClass.includes(version.storageClass)) &&
    withinTimes(filter, version) &&
    withinSizes(filter, version) &&
    named(filter, version.key)
  );
}

function withinTimes({ CreatedAfter: after, CreatedBefore: before }: Filter, { modified }: StoredVersion): boolean {
  return (after === undefined || modified > after.getTime()) && (before === undefined || modified < before.getTime());
}

function withinSizes(filter: Filter, { size }: StoredVersion): boolean {
  const { ObjectSizeGreaterThanBytes: more, ObjectSizeLessThanBytes: less } = filter;
  return (more === undefined || size > more) && (less === undefined || size < less);
}

function named({ KeyNameConstraint: constraint }: Filter, key: string): boolean {
  const any = (texts: readonly string[] | undefined, holds: (text: string) => boolean): boolean =>
    texts === undefined || texts.some(holds);
  return (
    any(constraint?.MatchAnyPrefix, (text) => key.startsWith(text)) &&
    any(constraint?.MatchAnySuffix, (text) => key.endsWith(text)) &&
    any(constraint?.MatchAnySubstring, (text) => key.includes(text))
  );
}
