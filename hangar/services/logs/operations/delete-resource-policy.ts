// Deletes a resource policy. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteResourcePolicy.html

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { DeleteResourcePolicyInput, DeleteResourcePolicyOutput } from "../../../models/logs.d.ts";
import { resourceNotFound } from "../errors.ts";
import { operation } from "../store.ts";

export const deleteResourcePolicy = operation<DeleteResourcePolicyInput, DeleteResourcePolicyOutput>(
  ({ policyName = "", resourceArn, expectedRevisionId }, { store }) => {
    if (resourceArn !== undefined || expectedRevisionId !== undefined)
      throw notEmulated("resource policies of single log groups (resourceArn)");
    if (store.resourcePolicies.delete(policyName) === undefined)
      throw resourceNotFound(`Policy with name [${policyName}] does not exist.`);
    return {};
  },
);
