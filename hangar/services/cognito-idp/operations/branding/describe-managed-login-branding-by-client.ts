// Shows the style of an app client's managed login pages. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeManagedLoginBrandingByClient.html

import type {
  DescribeManagedLoginBrandingByClientInput,
  DescribeManagedLoginBrandingByClientOutput,
} from "../../../../models/cognito-idp.d.ts";
import { clientIn, findPool } from "../../engine/find.ts";
import { brandingOf, checkMerged } from "../../engine/login-branding.ts";
import { brandingDescription } from "../../rules/login-branding.ts";
import { operation } from "../../store.ts";

export const describeManagedLoginBrandingByClient = operation<
  DescribeManagedLoginBrandingByClientInput,
  DescribeManagedLoginBrandingByClientOutput
>(({ UserPoolId, ClientId, ReturnMergedResources }, context) => {
  const place = clientIn(findPool(context, UserPoolId), ClientId);
  const row = brandingOf(place, place.client.id);
  checkMerged(ReturnMergedResources);
  return { ManagedLoginBranding: brandingDescription(place.pool.id, row) };
});
