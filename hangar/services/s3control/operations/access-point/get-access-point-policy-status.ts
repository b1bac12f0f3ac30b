// Tells whether an access point's policy is public.

import type {
  GetAccessPointPolicyStatusRequest,
  GetAccessPointPolicyStatusResult,
} from "../../../../models/s3control.d.ts";
import { noSuchAccessPointPolicy } from "../../errors.ts";
import { checkName } from "../../rules/access-points.ts";
import { checkAccount } from "../../rules/accounts.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetAccessPointPolicyStatus.html */
export const getAccessPointPolicyStatus = operation<
  GetAccessPointPolicyStatusRequest,
  GetAccessPointPolicyStatusResult
>(async (input, context) => {
  checkAccount(input, context);
  checkName(input.Name);
  const accessPoint = await context.ports.storage.accessPoint(input.Name);
  if (accessPoint.policy === undefined) throw noSuchAccessPointPolicy(input.Name);
  return { PolicyStatus: { IsPublic: await context.ports.storage.isPublic(accessPoint) } };
});
