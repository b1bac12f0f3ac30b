// Says whose key it is; uses are not counted here. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html

import type { GetAccessKeyLastUsedInput, GetAccessKeyLastUsedOutput } from "../../../../models/iam.d.ts";
import { keyOf } from "../../rules/access-keys.ts";
import { operation } from "../../store.ts";

export const getAccessKeyLastUsed = operation<GetAccessKeyLastUsedInput, GetAccessKeyLastUsedOutput>(
  (input, context) => {
    const key = keyOf(context, input.AccessKeyId, undefined);
    return { UserName: key.userName, AccessKeyLastUsed: { ServiceName: "N/A", Region: "N/A" } };
  },
);
