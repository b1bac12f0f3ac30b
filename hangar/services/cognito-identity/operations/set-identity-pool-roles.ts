// Says which roles a pool gives. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_SetIdentityPoolRoles.html

import type { SetIdentityPoolRolesInput, SetIdentityPoolRolesOutput } from "../../../models/cognito-identity.d.ts";
import { findPool } from "../engine/find.ts";
import { checkRoles } from "../rules/pool-roles.ts";
import { operation } from "../store.ts";

export const setIdentityPoolRoles = operation<SetIdentityPoolRolesInput, SetIdentityPoolRolesOutput>(
  ({ IdentityPoolId, Roles, RoleMappings }, context) => {
    const { store } = findPool(context, IdentityPoolId);
    checkRoles(Roles, RoleMappings);
    store.roles.put(IdentityPoolId, { Roles, ...(RoleMappings === undefined ? {} : { RoleMappings }) });
    return {};
  },
);
