// Takes a style of managed login pages away. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteManagedLoginBranding.html

import type { DeleteManagedLoginBrandingInput } from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { brandingById } from "../../engine/login-branding.ts";
import { keyIn, operation } from "../../store.ts";

export const deleteManagedLoginBranding = operation<DeleteManagedLoginBrandingInput, Record<string, never>>(
  ({ UserPoolId, ManagedLoginBrandingId }, context) => {
    const place = findPool(context, UserPoolId);
    const { client } = brandingById(place, ManagedLoginBrandingId);
    place.store.loginBrandings.delete(keyIn(place.pool, client));
    return {};
  },
);
