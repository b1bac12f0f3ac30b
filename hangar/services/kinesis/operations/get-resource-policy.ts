// The policy of a stream or consumer; an empty one where it has none (recorded). https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetResourcePolicy.html

import type { GetResourcePolicyInput, GetResourcePolicyOutput } from "../../../models/kinesis.d.ts";
import { findResource } from "../engine/find-stream.ts";
import { policyOf } from "../engine/tagged-resource.ts";
import { operation } from "../store.ts";

export const getResourcePolicy = operation<GetResourcePolicyInput, GetResourcePolicyOutput>((input, context) => ({
  Policy: policyOf(findResource(context, input.ResourceARN)) ?? "{}",
}));
