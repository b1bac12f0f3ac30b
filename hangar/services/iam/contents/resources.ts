// The CloudFormation types of IAM.

import type { ResourceType } from "../../../cloud/resource.ts";
import { accessKey } from "../resources/access-key.ts";
import { group } from "../resources/group.ts";
import { groupPolicy } from "../resources/group-policy.ts";
import { instanceProfile } from "../resources/instance-profile.ts";
import { managedPolicy } from "../resources/managed-policy.ts";
import { oidcProvider } from "../resources/oidc-provider.ts";
import { policy } from "../resources/policy.ts";
import { role } from "../resources/role.ts";
import { rolePolicy } from "../resources/role-policy.ts";
import { serviceLinkedRole } from "../resources/service-linked-role.ts";
import { user } from "../resources/user.ts";
import { userPolicy } from "../resources/user-policy.ts";
import { userToGroupAddition } from "../resources/user-to-group-addition.ts";

export const resources: readonly ResourceType[] = [
  accessKey,
  group,
  groupPolicy,
  instanceProfile,
  managedPolicy,
  oidcProvider,
  policy,
  role,
  rolePolicy,
  serviceLinkedRole,
  user,
  userPolicy,
  userToGroupAddition,
];
