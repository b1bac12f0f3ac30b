// Stores a topic's data protection policy. https://docs.aws.amazon.com/sns/latest/api/API_PutDataProtectionPolicy.html

import type { PutDataProtectionPolicyInput, PutDataProtectionPolicyOutput } from "../../../../models/sns.d.ts";
import { checkDataProtectionPolicy } from "../../rules/data-protection.ts";
import { operation, topicAt } from "../../store.ts";

export const putDataProtectionPolicy = operation<PutDataProtectionPolicyInput, PutDataProtectionPolicyOutput>(
  (input, context) => {
    const { topic, store } = topicAt(context, input.ResourceArn, "ResourceArn");
    const { DataProtectionPolicy: policy } = input;
    checkDataProtectionPolicy(policy);
    store.topics.put(topic.name, { ...topic, dataProtectionPolicy: policy });
    return {};
  },
);
