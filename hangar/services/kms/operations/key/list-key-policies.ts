// Lists the names of a key's policies: there is one. https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyPolicies.html

import type { ListKeyPoliciesInput, ListKeyPoliciesOutput } from "../../../../models/kms.d.ts";
import { findKey } from "../../rules/find-key.ts";
import { operation } from "../../store.ts";

export const listKeyPolicies = operation<ListKeyPoliciesInput, ListKeyPoliciesOutput>((input, context) => {
  findKey(context, input.KeyId);
  return { PolicyNames: ["default"], Truncated: false };
});
