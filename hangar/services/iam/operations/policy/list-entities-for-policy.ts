// Lists who a managed policy is attached to. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html

import type { ListEntitiesForPolicyInput, ListEntitiesForPolicyOutput } from "../../../../models/iam.d.ts";
import { anyPolicy, checkPolicyArn } from "../../rules/attachments.ts";
import { underPath } from "../../rules/pages.ts";
import { accountStore, operation } from "../../store.ts";

export const listEntitiesForPolicy = operation<ListEntitiesForPolicyInput, ListEntitiesForPolicyOutput>(
  (input, context) => {
    checkPolicyArn(input.PolicyArn);
    anyPolicy(context, input.PolicyArn);
    const { users, groups, roles } = accountStore(context);
    const uses = (holder: { readonly attached: readonly string[]; readonly boundary?: string | undefined }): boolean =>
      input.PolicyUsageFilter === "PermissionsBoundary"
        ? holder.boundary === input.PolicyArn
        : holder.attached.includes(input.PolicyArn);
    const wanted = (filter: string): boolean => input.EntityFilter === undefined || input.EntityFilter === filter;
    return {
      PolicyGroups: wanted("Group")
        ? underPath(groups.rows(), input.PathPrefix)
            .filter(uses)
            .map(({ GroupName, GroupId }) => ({ GroupName, GroupId }))
        : [],
      PolicyUsers: wanted("User")
        ? underPath(users.rows(), input.PathPrefix)
            .filter(uses)
            .map(({ UserName, UserId }) => ({ UserName, UserId }))
        : [],
      PolicyRoles: wanted("Role")
        ? underPath(roles.rows(), input.PathPrefix)
            .filter(uses)
            .map(({ RoleName, RoleId }) => ({ RoleName, RoleId }))
        : [],
      IsTruncated: false,
    };
  },
);
