// Shows what a kind of SDK asks for. https://docs.aws.amazon.com/apigateway/latest/api/API_GetSdkType.html

import type { GetSdkTypeInput, GetSdkTypeOutput } from "../../../../models/apigateway.d.ts";
import { notFound } from "../../errors.ts";
import { SDK_TYPES } from "../../rules/sdk-types.ts";
import { operation } from "../../store.ts";

export const getSdkType = operation<GetSdkTypeInput, GetSdkTypeOutput>(({ id }) => {
  const found = SDK_TYPES.find((type) => type.id === id);
  if (found === undefined) throw notFound("Invalid SDK Type specified");
  return found;
});
