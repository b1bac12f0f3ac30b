// API Gateway's operations on kinds of SDKs, by API name.

import { getSdkType } from "../operations/sdk/get-sdk-type.ts";
import { getSdkTypes } from "../operations/sdk/get-sdk-types.ts";

export const sdkOperations = {
  GetSdkType: getSdkType,
  GetSdkTypes: getSdkTypes,
};
