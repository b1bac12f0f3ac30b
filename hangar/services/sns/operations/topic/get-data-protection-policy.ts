// Reads a topic's data protection policy. https://docs.aws.amazon.com/sns/latest/api/API_GetDataProtectionPolicy.html

import type { GetDataProtectionPolicyInput, GetDataProtectionPolicyOutput } from "../../../../models/sns.d.ts";
import { operation, topicAt } from "../../store.ts";

export const getDataProtectionPolicy = operation<GetDataProtectionPolicyInput, GetDataProtectionPolicyOutput>(
  (input, context) => {
    const { topic } = topicAt(context, input.ResourceArn, "ResourceArn");
    return topic.dataProtectionPolicy === undefined || topic.dataProtectionPolicy === ""
      ? {}
      : { DataProtectionPolicy: topic.dataProtectionPolicy };
  },
);
