// Changes a style of managed login pages. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateManagedLoginBranding.html

import type {
  UpdateManagedLoginBrandingInput,
  UpdateManagedLoginBrandingOutput,
} from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { brandingById } from "../../engine/login-branding.ts";
import { brandingDescription, styled } from "../../rules/login-branding.ts";
import { keyIn, operation } from "../../store.ts";

export const updateManagedLoginBranding = operation<UpdateManagedLoginBrandingInput, UpdateManagedLoginBrandingOutput>(
  ({ UserPoolId = "", ManagedLoginBrandingId = "", ...style }, context) => {
    const place = findPool(context, UserPoolId);
    const row = styled(brandingById(place, ManagedLoginBrandingId), style);
    const changed = { ...row, modified: context.clock.now() };
    place.store.loginBrandings.put(keyIn(place.pool, row.client), changed);
    return { ManagedLoginBranding: brandingDescription(place.pool.id, changed) };
  },
);
