// Says what given policies would decide. https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html

import { notEmulated } from "../../../../kernel/aws-error.ts";
import type { SimulateCustomPolicyInput, SimulateCustomPolicyOutput } from "../../../../models/iam.d.ts";
import { pageOf } from "../../rules/pages.ts";
import { simulate } from "../../rules/simulation.ts";
import { operation } from "../../store.ts";

export const simulateCustomPolicy = operation<SimulateCustomPolicyInput, SimulateCustomPolicyOutput>(
  (input, context) => {
    if (input.ResourceHandlingOption !== undefined) throw notEmulated("EC2 scenarios (ResourceHandlingOption)");
    if ((input.OrderedOrganizationPolicyInputList ?? []).length > 0)
      throw notEmulated("service control policies (OrderedOrganizationPolicyInputList)");
    const { items, facts } = pageOf(
      simulate(context, input, { identity: input.PolicyInputList, source: undefined }),
      input,
    );
    return { EvaluationResults: items, ...facts };
  },
);
