// Says how the deletion of a service-linked role went. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLinkedRoleDeletionStatus.html

import type {
  GetServiceLinkedRoleDeletionStatusInput,
  GetServiceLinkedRoleDeletionStatusOutput,
} from "../../../../models/iam.d.ts";
import { noSuchEntity } from "../../errors.ts";
import { accountStore, operation } from "../../store.ts";

export const getServiceLinkedRoleDeletionStatus = operation<
  GetServiceLinkedRoleDeletionStatusInput,
  GetServiceLinkedRoleDeletionStatusOutput
>((input, context) => {
  if (!accountStore(context).serviceLinkedDeletions.has(input.DeletionTaskId))
    throw noSuchEntity(`Deletion id ${input.DeletionTaskId} not found.`);
  return { Status: "SUCCEEDED" };
});
