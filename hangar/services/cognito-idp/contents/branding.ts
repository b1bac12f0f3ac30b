// Cognito's operations on the look of hosted pages, and on what else a pool shows of itself, by API name.

import { createManagedLoginBranding } from "../operations/branding/create-managed-login-branding.ts";
import { deleteManagedLoginBranding } from "../operations/branding/delete-managed-login-branding.ts";
import { describeManagedLoginBrandingByClient } from "../operations/branding/describe-managed-login-branding-by-client.ts";
import { describeManagedLoginBranding } from "../operations/branding/describe-managed-login-branding.ts";
import { getUiCustomization } from "../operations/branding/get-ui-customization.ts";
import { setUiCustomization } from "../operations/branding/set-ui-customization.ts";
import { updateManagedLoginBranding } from "../operations/branding/update-managed-login-branding.ts";
import { getCsvHeader } from "../operations/pool/get-csv-header.ts";
import { getSigningCertificate } from "../operations/pool/get-signing-certificate.ts";

export const brandingOperations = {
  CreateManagedLoginBranding: createManagedLoginBranding,
  DeleteManagedLoginBranding: deleteManagedLoginBranding,
  DescribeManagedLoginBranding: describeManagedLoginBranding,
  DescribeManagedLoginBrandingByClient: describeManagedLoginBrandingByClient,
  GetCSVHeader: getCsvHeader,
  GetSigningCertificate: getSigningCertificate,
  GetUICustomization: getUiCustomization,
  SetUICustomization: setUiCustomization,
  UpdateManagedLoginBranding: updateManagedLoginBranding,
};
