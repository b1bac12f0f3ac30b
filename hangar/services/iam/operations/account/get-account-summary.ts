// Counts what the account has. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html

import type { GetAccountSummaryInput, GetAccountSummaryOutput } from "../../../../models/iam.d.ts";
import { accountStore, operation } from "../../store.ts";

export const getAccountSummary = operation<GetAccountSummaryInput, GetAccountSummaryOutput>((_input, context) => {
  const { users, groups, roles, policies, instanceProfiles } = accountStore(context);
  return {
    SummaryMap: {
      Users: users.size,
      UsersQuota: 5000,
      Groups: groups.size,
      GroupsQuota: 300,
      Roles: roles.size,
      RolesQuota: 1000,
      Policies: policies.size,
      PoliciesQuota: 1500,
      InstanceProfiles: instanceProfiles.size,
      InstanceProfilesQuota: 1000,
      AccessKeysPerUserQuota: 2,
      GroupsPerUserQuota: 10,
      AttachedPoliciesPerUserQuota: 10,
      AttachedPoliciesPerGroupQuota: 10,
      AttachedPoliciesPerRoleQuota: 10,
      UserPolicySizeQuota: 2048,
      GroupPolicySizeQuota: 5120,
      RolePolicySizeQuota: 10_240,
      PolicySizeQuota: 6144,
      VersionsPerPolicyQuota: 5,
      AssumeRolePolicySizeQuota: 2048,
    },
  };
});
