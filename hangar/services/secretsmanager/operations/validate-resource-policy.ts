// Says whether a policy would be taken as one that is not public. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ValidateResourcePolicy.html

import type { ValidateResourcePolicyInput, ValidateResourcePolicyOutput } from "../../../models/secretsmanager.d.ts";
import { anySecret } from "../rules/find-secret.ts";
import { checkResourcePolicy, isPublic } from "../rules/resource-policies.ts";
import { operation } from "../store.ts";

export const validateResourcePolicy = operation<ValidateResourcePolicyInput, ValidateResourcePolicyOutput>(
  (input, context) => {
    if (input.SecretId !== undefined) anySecret(context, input.SecretId);
    checkResourcePolicy(input.ResourcePolicy, false);
    const open = isPublic(input.ResourcePolicy);
    return {
      PolicyValidationPassed: !open,
      ValidationErrors: open
        ? [{ CheckName: "PublicPolicy", ErrorMessage: "This resource policy grants broad access to the secret." }]
        : [],
    };
  },
);
