// Removes an access point; the bucket and its objects stay.

import type { DeleteAccessPointRequest } from "../../../../models/s3control.d.ts";
import { checkName } from "../../rules/access-points.ts";
import { checkAccount } from "../../rules/accounts.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_DeleteAccessPoint.html */
export const deleteAccessPoint = operation<DeleteAccessPointRequest, Record<string, never>>(async (input, context) => {
  checkAccount(input, context);
  checkName(input.Name);
  await context.ports.storage.deleteAccessPoint(input.Name);
  return {};
});
