// Access control lists of batch operations in the members of S3's own operations.

import type { S3AccessControlPolicy, S3GrantList } from "../../../models/s3control.d.ts";

const MEMBERS: Readonly<Record<string, string>> = {
  FULL_CONTROL: "GrantFullControl",
  READ: "GrantRead",
  WRITE: "GrantWrite",
  READ_ACP: "GrantReadACP",
  WRITE_ACP: "GrantWriteACP",
};

/** `{ GrantRead: 'id="…", uri="…"' }`. */
export function grantMembers(grants: S3GrantList = []): Readonly<Record<string, string>> {
  const members: Record<string, string> = {};
  for (const { Grantee: grantee, Permission: permission = "" } of grants) {
    const member = MEMBERS[permission] ?? permission;
    const text = `${grantee?.TypeIdentifier ?? "id"}="${grantee?.Identifier ?? ""}"`;
    members[member] = members[member] === undefined ? text : `${members[member]}, ${text}`;
  }
  return members;
}

export function aclInput(policy: S3AccessControlPolicy): Readonly<Record<string, unknown>> {
  const { CannedAccessControlList: canned, AccessControlList: list } = policy;
  return canned === undefined ? grantMembers(list?.Grants) : { ACL: canned };
}
