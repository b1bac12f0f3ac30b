// Shows which roles a pool gives. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetIdentityPoolRoles.html

import type { GetIdentityPoolRolesInput, GetIdentityPoolRolesOutput } from "../../../models/cognito-identity.d.ts";
import { findPool } from "../engine/find.ts";
import { operation } from "../store.ts";

export const getIdentityPoolRoles = operation<GetIdentityPoolRolesInput, GetIdentityPoolRolesOutput>(
  ({ IdentityPoolId }, context) => {
    const { store } = findPool(context, IdentityPoolId);
    const { Roles, RoleMappings } = store.roles.get(IdentityPoolId) ?? { Roles: {} };
    return { IdentityPoolId, Roles, ...(RoleMappings === undefined ? {} : { RoleMappings }) };
  },
);
