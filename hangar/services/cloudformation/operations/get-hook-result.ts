// Gives what a hook said: nobody can activate a hook here, so no result has any id. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetHookResult.html

import type { GetHookResultInput, GetHookResultOutput } from "../../../models/cloudformation.d.ts";
import { hookResultMissing } from "../errors.ts";
import { operation } from "../store.ts";

export const getHookResult = operation<GetHookResultInput, GetHookResultOutput>(() => {
  throw hookResultMissing();
});
