// All entities of an account with their policies, as GetAccountAuthorizationDetails gives them.

import type * as Model from "../../../models/iam.d.ts";
import { accountStore, type Holder, type IamContext } from "../store.ts";
import {
  awsPolicySummary,
  boundaryAnswer,
  groupAnswer,
  instanceProfileAnswer,
  policySummary,
  roleAnswer,
  tagsAnswer,
  userSummary,
} from "./answers.ts";
import { attachedAnswers, usesOf } from "./attachments.ts";
import { awsManagedPolicies } from "./managed-policies.ts";
import { encoded } from "./policy-text.ts";
import { versionsOf } from "./policy-versions.ts";

function inlineDetails(holder: Holder): Model.PolicyDetail[] {
  return Object.entries(holder.inline).map(([PolicyName, document]) => ({
    PolicyName,
    PolicyDocument: encoded(document),
  }));
}

export function userDetails(context: IamContext): { readonly user: Model.UserDetail }[] {
  return [...accountStore(context).users.rows()].map((user) => ({
    user: {
      ...userSummary(user),
      UserPolicyList: inlineDetails(user),
      GroupList: user.groups,
      AttachedManagedPolicies: attachedAnswers(user),
      ...boundaryAnswer(user.boundary),
      ...tagsAnswer(user.tags),
    },
  }));
}

export function groupDetails(context: IamContext): { readonly group: Model.GroupDetail }[] {
  return [...accountStore(context).groups.rows()].map((group) => ({
    group: {
      ...groupAnswer(group),
      GroupPolicyList: inlineDetails(group),
      AttachedManagedPolicies: attachedAnswers(group),
    },
  }));
}

export function roleDetails(context: IamContext): { readonly role: Model.RoleDetail }[] {
  const { roles, instanceProfiles } = accountStore(context);
  return [...roles.rows()].map((role) => {
    const { MaxSessionDuration: _duration, Description: _description, ...shown } = roleAnswer(role);
    const profiles = [...instanceProfiles.rows()].filter((profile) => profile.role === role.RoleName);
    return {
      role: {
        ...shown,
        InstanceProfileList: profiles.map((profile) => instanceProfileAnswer(context, profile)),
        RolePolicyList: inlineDetails(role),
        AttachedManagedPolicies: attachedAnswers(role),
      },
    };
  });
}

/** Of AWS's policies only those that are in use, as AWS has it. */
export function policyDetails(
  context: IamContext,
  wanted: { readonly own: boolean; readonly aws: boolean },
): { readonly policy: Model.ManagedPolicyDetail }[] {
  const uses = usesOf(context);
  const own = wanted.own ? [...accountStore(context).policies.rows()] : [];
  const aws = wanted.aws
    ? awsManagedPolicies().filter(({ Arn }) => uses(Arn).attachments + uses(Arn).boundaries > 0)
    : [];
  return [
    ...own.map((policy) => ({
      policy: { ...policySummary(policy, uses(policy.Arn)), PolicyVersionList: versionsOf({ own: policy }) },
    })),
    ...aws.map((policy) => ({
      policy: { ...awsPolicySummary(policy, uses(policy.Arn)), PolicyVersionList: versionsOf({ aws: policy }) },
    })),
  ];
}
