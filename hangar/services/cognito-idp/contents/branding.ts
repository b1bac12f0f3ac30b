// Cognito's operations on the look of hosted pages, and on what else a pool shows of itself, by API name.

import { getUiCustomization } from "../operations/branding/get-ui-customization.ts";
import { setUiCustomization } from "../operations/branding/set-ui-customization.ts";
import { getCsvHeader } from "../operations/pool/get-csv-header.ts";
import { getSigningCertificate } from "../operations/pool/get-signing-certificate.ts";

export const brandingOperations = {
  GetCSVHeader: getCsvHeader,
  GetSigningCertificate: getSigningCertificate,
  GetUICustomization: getUiCustomization,
  SetUICustomization: setUiCustomization,
};
