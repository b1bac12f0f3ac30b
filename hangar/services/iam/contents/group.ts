// The operations of IAM on groups, by API name.

import { addUserToGroup } from "../operations/group/add-user-to-group.ts";
import { attachGroupPolicy } from "../operations/group/attach-group-policy.ts";
import { createGroup } from "../operations/group/create-group.ts";
import { deleteGroup } from "../operations/group/delete-group.ts";
import { deleteGroupPolicy } from "../operations/group/delete-group-policy.ts";
import { detachGroupPolicy } from "../operations/group/detach-group-policy.ts";
import { getGroup } from "../operations/group/get-group.ts";
import { getGroupPolicy } from "../operations/group/get-group-policy.ts";
import { listAttachedGroupPolicies } from "../operations/group/list-attached-group-policies.ts";
import { listGroupPolicies } from "../operations/group/list-group-policies.ts";
import { listGroups } from "../operations/group/list-groups.ts";
import { putGroupPolicy } from "../operations/group/put-group-policy.ts";
import { removeUserFromGroup } from "../operations/group/remove-user-from-group.ts";
import { updateGroup } from "../operations/group/update-group.ts";

export const groupOperations = {
  AddUserToGroup: addUserToGroup,
  AttachGroupPolicy: attachGroupPolicy,
  CreateGroup: createGroup,
  DeleteGroup: deleteGroup,
  DeleteGroupPolicy: deleteGroupPolicy,
  DetachGroupPolicy: detachGroupPolicy,
  GetGroup: getGroup,
  GetGroupPolicy: getGroupPolicy,
  ListAttachedGroupPolicies: listAttachedGroupPolicies,
  ListGroupPolicies: listGroupPolicies,
  ListGroups: listGroups,
  PutGroupPolicy: putGroupPolicy,
  RemoveUserFromGroup: removeUserFromGroup,
  UpdateGroup: updateGroup,
};
