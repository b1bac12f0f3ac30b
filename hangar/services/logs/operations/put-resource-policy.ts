// Lets services write to the account's groups. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { PutResourcePolicyInput, PutResourcePolicyOutput } from "../../../models/logs.d.ts";
import { invalidParameter, limitExceeded } from "../errors.ts";
import { operation } from "../store.ts";

const POLICIES = 10;

export const putResourcePolicy = operation<PutResourcePolicyInput, PutResourcePolicyOutput>(
  (input, { store, clock }) => {
    const { policyName, policyDocument, resourceArn, expectedRevisionId } = input;
    if (resourceArn !== undefined || expectedRevisionId !== undefined)
      throw notEmulated("resource policies of single log groups (resourceArn)");
    if (policyName === undefined) throw invalidParameter("Policy name is required.");
    if (policyDocument === undefined) throw invalidParameter("Policy document is required.");
    checkDocument(policyDocument);
    if (!store.resourcePolicies.has(policyName) && store.resourcePolicies.size >= POLICIES) throw limitExceeded();
    const updated = clock.now();
    store.resourcePolicies.put(policyName, { name: policyName, document: policyDocument, updated });
    return { resourcePolicy: { policyName, policyDocument, lastUpdatedTime: updated, policyScope: "ACCOUNT" } };
  },
);

function checkDocument(document: string): void {
  try {
    const parsed: unknown = JSON.parse(document);
    if (parsed !== null && typeof parsed === "object" && "Statement" in parsed) return;
  } catch {
    // Answered below.
  }
  throw invalidParameter("Policy document is invalid.");
}
