// Lists the kinds of SDKs that API Gateway knows. https://docs.aws.amazon.com/apigateway/latest/api/API_GetSdkTypes.html

import type { GetSdkTypesInput, GetSdkTypesOutput } from "../../../../models/apigateway.d.ts";
import { SDK_TYPES } from "../../rules/sdk-types.ts";
import { operation } from "../../store.ts";

export const getSdkTypes = operation<GetSdkTypesInput, GetSdkTypesOutput>(() => ({ items: SDK_TYPES }));
