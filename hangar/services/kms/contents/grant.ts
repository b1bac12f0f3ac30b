// The operations of KMS on grants, by API name.

import { createGrant } from "../operations/grant/create-grant.ts";
import { listGrants } from "../operations/grant/list-grants.ts";
import { listRetirableGrants } from "../operations/grant/list-retirable-grants.ts";
import { retireGrant } from "../operations/grant/retire-grant.ts";
import { revokeGrant } from "../operations/grant/revoke-grant.ts";

export const grantOperations = {
  CreateGrant: createGrant,
  ListGrants: listGrants,
  ListRetirableGrants: listRetirableGrants,
  RetireGrant: retireGrant,
  RevokeGrant: revokeGrant,
};
