// Sets the permissions boundary of a user. https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html

import type { PutUserPermissionsBoundaryInput } from "../../../../models/iam.d.ts";
import { noSuchEntity } from "../../errors.ts";
import { checkPolicyArn, policyExists } from "../../rules/attachments.ts";
import { putUser, userNamed } from "../../rules/holders.ts";
import { operation } from "../../store.ts";

export const putUserPermissionsBoundary = operation<PutUserPermissionsBoundaryInput, void>((input, context) => {
  const user = userNamed(context, input.UserName);
  checkPolicyArn(input.PermissionsBoundary);
  if (!policyExists(context, input.PermissionsBoundary))
    throw noSuchEntity(`Policy ${input.PermissionsBoundary} does not exist or is not attachable.`);
  putUser(context, { ...user, boundary: input.PermissionsBoundary });
});
