// The operations of IAM on policys, by API name.

import { createPolicy } from "../operations/policy/create-policy.ts";
import { createPolicyVersion } from "../operations/policy/create-policy-version.ts";
import { deletePolicy } from "../operations/policy/delete-policy.ts";
import { deletePolicyVersion } from "../operations/policy/delete-policy-version.ts";
import { getPolicy } from "../operations/policy/get-policy.ts";
import { getPolicyVersion } from "../operations/policy/get-policy-version.ts";
import { listEntitiesForPolicy } from "../operations/policy/list-entities-for-policy.ts";
import { listPolicies } from "../operations/policy/list-policies.ts";
import { listPolicyTags } from "../operations/policy/list-policy-tags.ts";
import { listPolicyVersions } from "../operations/policy/list-policy-versions.ts";
import { setDefaultPolicyVersion } from "../operations/policy/set-default-policy-version.ts";
import { tagPolicy } from "../operations/policy/tag-policy.ts";
import { untagPolicy } from "../operations/policy/untag-policy.ts";

export const policyOperations = {
  CreatePolicy: createPolicy,
  CreatePolicyVersion: createPolicyVersion,
  DeletePolicy: deletePolicy,
  DeletePolicyVersion: deletePolicyVersion,
  GetPolicy: getPolicy,
  GetPolicyVersion: getPolicyVersion,
  ListEntitiesForPolicy: listEntitiesForPolicy,
  ListPolicies: listPolicies,
  ListPolicyTags: listPolicyTags,
  ListPolicyVersions: listPolicyVersions,
  SetDefaultPolicyVersion: setDefaultPolicyVersion,
  TagPolicy: tagPolicy,
  UntagPolicy: untagPolicy,
};
