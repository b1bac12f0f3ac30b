// Says what the policies of a user, group or role would decide. https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html

import { notEmulated } from "../../../../kernel/aws-error.ts";
import type { SimulatePrincipalPolicyInput, SimulatePrincipalPolicyOutput } from "../../../../models/iam.d.ts";
import { pageOf } from "../../rules/pages.ts";
import { simulate, sourcePolicies } from "../../rules/simulation.ts";
import { operation } from "../../store.ts";

export const simulatePrincipalPolicy = operation<SimulatePrincipalPolicyInput, SimulatePrincipalPolicyOutput>(
  (input, context) => {
    if (input.ResourceHandlingOption !== undefined) throw notEmulated("EC2 scenarios (ResourceHandlingOption)");
    if ((input.PolicyExclusionList ?? []).length > 0) throw notEmulated("leaving policies out (PolicyExclusionList)");
    const source = sourcePolicies(context, input.PolicySourceArn);
    const identity = [...source.documents, ...(input.PolicyInputList ?? [])];
    const { items, facts } = pageOf(
      simulate(context, input, { identity, source: source.arn, boundary: source.boundary }),
      input,
    );
    return { EvaluationResults: items, ...facts };
  },
);
