// Versions of managed policies as AWS's answers show them.

import type { PolicyVersion } from "../../../models/iam.d.ts";
import type { ManagedPolicy } from "../store.ts";
import type { AwsManagedPolicy } from "./managed-policies.ts";
import { encoded } from "./policy-text.ts";

/** Newest first. Of AWS's own policies only the latest version is known. */
export function versionsOf(
  policy: { readonly own: ManagedPolicy } | { readonly aws: AwsManagedPolicy },
): PolicyVersion[] {
  if ("aws" in policy) {
    const { version, document, updated } = policy.aws;
    return [
      {
        Document: encoded(JSON.stringify(document)),
        VersionId: version,
        IsDefaultVersion: true,
        CreateDate: new Date(updated),
      },
    ];
  }
  const { versions, defaultVersion } = policy.own;
  return versions.toReversed().map(({ id, document, created }) => ({
    Document: encoded(document),
    VersionId: id,
    IsDefaultVersion: id === defaultVersion,
    CreateDate: new Date(created),
  }));
}
