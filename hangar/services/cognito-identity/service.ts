// Cognito identity pools: identities of users and guests, and credentials of roles for them.

import { defineService } from "../../cloud/service.ts";
import { OPEN_TO_PAGES } from "../../kernel/open-to-pages.ts";
import { access } from "./access.ts";
import { brokenConstraints } from "./errors.ts";
import { createIdentityPool } from "./operations/create-identity-pool.ts";
import { deleteIdentities } from "./operations/delete-identities.ts";
import { deleteIdentityPool } from "./operations/delete-identity-pool.ts";
import { describeIdentity } from "./operations/describe-identity.ts";
import { describeIdentityPool } from "./operations/describe-identity-pool.ts";
import { getCredentialsForIdentity } from "./operations/get-credentials-for-identity.ts";
import { getId } from "./operations/get-id.ts";
import { getIdentityPoolRoles } from "./operations/get-identity-pool-roles.ts";
import { getOpenIdToken } from "./operations/get-open-id-token.ts";
import { getOpenIdTokenForDeveloperIdentity } from "./operations/get-open-id-token-for-developer-identity.ts";
import { getPrincipalTagAttributeMap } from "./operations/get-principal-tag-attribute-map.ts";
import { listIdentities } from "./operations/list-identities.ts";
import { listIdentityPools } from "./operations/list-identity-pools.ts";
import { listTagsForResource } from "./operations/list-tags-for-resource.ts";
import { lookupDeveloperIdentity } from "./operations/lookup-developer-identity.ts";
import { mergeDeveloperIdentities } from "./operations/merge-developer-identities.ts";
import { setIdentityPoolRoles } from "./operations/set-identity-pool-roles.ts";
import { setPrincipalTagAttributeMap } from "./operations/set-principal-tag-attribute-map.ts";
import { tagResource } from "./operations/tag-resource.ts";
import { unlinkDeveloperIdentity } from "./operations/unlink-developer-identity.ts";
import { unlinkIdentity } from "./operations/unlink-identity.ts";
import { untagResource } from "./operations/untag-resource.ts";
import { updateIdentityPool } from "./operations/update-identity-pool.ts";
import { identityPoolsPort } from "./port.ts";
import { identityPool } from "./resources/identity-pool.ts";
import { identityPoolPrincipalTag } from "./resources/identity-pool-principal-tag.ts";
import { identityPoolRoleAttachment } from "./resources/identity-pool-role-attachment.ts";
import { tables, type Tables } from "./store.ts";

export const service = defineService<Tables>({
  name: "cognito-identity",
  tables,
  operations: {
    CreateIdentityPool: createIdentityPool,
    DeleteIdentities: deleteIdentities,
    DeleteIdentityPool: deleteIdentityPool,
    DescribeIdentity: describeIdentity,
    DescribeIdentityPool: describeIdentityPool,
    GetCredentialsForIdentity: getCredentialsForIdentity,
    GetId: getId,
    GetIdentityPoolRoles: getIdentityPoolRoles,
    GetOpenIdToken: getOpenIdToken,
    GetOpenIdTokenForDeveloperIdentity: getOpenIdTokenForDeveloperIdentity,
    GetPrincipalTagAttributeMap: getPrincipalTagAttributeMap,
    ListIdentities: listIdentities,
    ListIdentityPools: listIdentityPools,
    ListTagsForResource: listTagsForResource,
    LookupDeveloperIdentity: lookupDeveloperIdentity,
    MergeDeveloperIdentities: mergeDeveloperIdentities,
    SetIdentityPoolRoles: setIdentityPoolRoles,
    SetPrincipalTagAttributeMap: setPrincipalTagAttributeMap,
    TagResource: tagResource,
    UnlinkDeveloperIdentity: unlinkDeveloperIdentity,
    UnlinkIdentity: unlinkIdentity,
    UntagResource: untagResource,
    UpdateIdentityPool: updateIdentityPool,
  },
  access,
  validationFailed: brokenConstraints,
  responseHeaders: () => OPEN_TO_PAGES,
  resources: [identityPool, identityPoolPrincipalTag, identityPoolRoleAttachment],
  provides: { identityPools: identityPoolsPort },
});
