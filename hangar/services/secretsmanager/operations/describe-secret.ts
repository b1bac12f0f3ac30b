// Describes a secret without its value. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html

import type { DescribeSecretInput, DescribeSecretOutput } from "../../../models/secretsmanager.d.ts";
import { describe } from "../rules/description.ts";
import { anySecret } from "../rules/find-secret.ts";
import { operation } from "../store.ts";

export const describeSecret = operation<DescribeSecretInput, DescribeSecretOutput>((input, context) => {
  return describe(anySecret(context, input.SecretId));
});
