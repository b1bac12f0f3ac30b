// Takes a stream's or consumer's policy away. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DeleteResourcePolicy.html

import type { DeleteResourcePolicyInput, DeleteResourcePolicyOutput } from "../../../models/kinesis.d.ts";
import { findResource } from "../engine/find-stream.ts";
import { keepPolicy, policyOf } from "../engine/tagged-resource.ts";
import { resourceNotFound } from "../errors.ts";
import { operation } from "../store.ts";

export const deleteResourcePolicy = operation<DeleteResourcePolicyInput, DeleteResourcePolicyOutput>(
  (input, context) => {
    const found = findResource(context, input.ResourceARN);
    if (policyOf(found) === undefined)
      throw resourceNotFound(`No resource policy found for resource ARN ${input.ResourceARN}.`);
    keepPolicy(found, undefined);
    return {};
  },
);
