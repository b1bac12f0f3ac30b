// Deletes a service-linked role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceLinkedRole.html

import type { DeleteServiceLinkedRoleInput, DeleteServiceLinkedRoleOutput } from "../../../../models/iam.d.ts";
import { invalidInput } from "../../errors.ts";
import { roleNamed } from "../../rules/holders.ts";
import { accountStore, nameKey, operation } from "../../store.ts";

export const deleteServiceLinkedRole = operation<DeleteServiceLinkedRoleInput, DeleteServiceLinkedRoleOutput>(
  (input, context) => {
    const role = roleNamed(context, input.RoleName);
    if (!role.Path.startsWith("/aws-service-role/"))
      throw invalidInput(`Role ${input.RoleName} is not a service-linked role.`);
    const store = accountStore(context);
    store.roles.delete(nameKey(role.RoleName));
    const DeletionTaskId = `task${role.Path}${role.RoleName}/${context.ids.uuid()}`;
    store.serviceLinkedDeletions.put(DeletionTaskId, { role: role.RoleName });
    return { DeletionTaskId };
  },
);
