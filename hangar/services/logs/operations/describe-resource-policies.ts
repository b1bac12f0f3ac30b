// Lists the account's resource policies. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeResourcePolicies.html

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { DescribeResourcePoliciesInput, DescribeResourcePoliciesOutput } from "../../../models/logs.d.ts";
import { pageOf } from "../rules/pages.ts";
import { operation } from "../store.ts";

export const describeResourcePolicies = operation<DescribeResourcePoliciesInput, DescribeResourcePoliciesOutput>(
  (input, { store }) => {
    if (input.resourceArn !== undefined || input.policyScope === "RESOURCE")
      throw notEmulated("resource policies of single log groups (resourceArn)");
    const { page, next } = pageOf(store.resourcePolicies.rows(), input, (policy) => policy.name);
    return {
      resourcePolicies: page.map((policy) => ({
        policyName: policy.name,
        policyDocument: policy.document,
        lastUpdatedTime: policy.updated,
        policyScope: "ACCOUNT",
      })),
      ...next,
    };
  },
);
