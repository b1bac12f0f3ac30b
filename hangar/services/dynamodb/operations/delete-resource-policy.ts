// Takes away the policy of a table or stream. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteResourcePolicy.html

import type { DeleteResourcePolicyInput, DeleteResourcePolicyOutput } from "../../../models/dynamodb.d.ts";
import { checkRevision, readPolicy, writePolicy } from "../engine/resource-policy.ts";
import { operation } from "../store.ts";

export const deleteResourcePolicy = operation<DeleteResourcePolicyInput, DeleteResourcePolicyOutput>(
  (input, context) => {
    const present = readPolicy(context, input.ResourceArn);
    checkRevision(input.ResourceArn, present, input.ExpectedRevisionId);
    if (present === undefined) return {};
    writePolicy(context, input.ResourceArn, undefined);
    return { RevisionId: present.revision };
  },
);
