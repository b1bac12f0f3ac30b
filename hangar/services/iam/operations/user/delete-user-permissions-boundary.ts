// Removes the permissions boundary of a user. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html

import type { DeleteUserPermissionsBoundaryInput } from "../../../../models/iam.d.ts";
import { noSuchEntity } from "../../errors.ts";
import { putUser, userNamed } from "../../rules/holders.ts";
import { operation } from "../../store.ts";

export const deleteUserPermissionsBoundary = operation<DeleteUserPermissionsBoundaryInput, void>((input, context) => {
  const user = userNamed(context, input.UserName);
  if (user.boundary === undefined) throw noSuchEntity(`${input.UserName} does not have a permission boundary.`);
  putUser(context, { ...user, boundary: undefined });
});
