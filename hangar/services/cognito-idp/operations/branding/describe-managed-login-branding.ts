// Shows a style of managed login pages. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeManagedLoginBranding.html

import type {
  DescribeManagedLoginBrandingInput,
  DescribeManagedLoginBrandingOutput,
} from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { brandingById, checkMerged } from "../../engine/login-branding.ts";
import { brandingDescription } from "../../rules/login-branding.ts";
import { operation } from "../../store.ts";

export const describeManagedLoginBranding = operation<
  DescribeManagedLoginBrandingInput,
  DescribeManagedLoginBrandingOutput
>(({ UserPoolId, ManagedLoginBrandingId, ReturnMergedResources }, context) => {
  const place = findPool(context, UserPoolId);
  const row = brandingById(place, ManagedLoginBrandingId);
  checkMerged(ReturnMergedResources);
  return { ManagedLoginBranding: brandingDescription(place.pool.id, row) };
});
